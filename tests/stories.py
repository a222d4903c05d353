"""A story in two languages, in the words that the tests' encoder knows. A row is a sentence."""

from __future__ import annotations

HEADLINE = ("Ferries cross the bay again", "Fähren überqueren wieder die Bucht")

ROWS = (
    (
        "Ferries will cross the bay again on Sunday, the port authority said.",
        "Am Sonntag überqueren wieder Fähren die Bucht, sagte die Behörde des Hafens.",
    ),
    (
        "A storm had damaged the northern pier three weeks before.",
        "Ein Sturm hatte drei Wochen vorher den nördlichen Anleger beschädigt.",
    ),
    (
        "Tickets bought before the storm stay valid until autumn.",
        "Vor dem Sturm gekaufte Fahrkarten bleiben bis zum Herbst gültig.",
    ),
    (
        "Lorries with freight use the southern terminal.",
        "Lastwagen mit Fracht benutzen die südliche Halle.",
    ),
    (
        "The repairs have cost four million crowns.",
        "Die Reparaturen haben vier Millionen Kronen gekostet.",
    ),
    (
        "Engineers will inspect the old ramp in June.",
        "Ingenieure werden im Juni die alte Rampe prüfen.",
    ),
    (
        "A museum opens beside the town hall.",
        "Neben dem Rathaus der Stadt öffnet ein Museum.",
    ),
    (
        "Children collect clocks and coins there.",
        "Kinder sammeln dort Uhren und Münzen.",
    ),
    (
        "The mayor thanked the volunteers.",
        "Der Bürgermeister dankte den Freiwilligen.",
    ),
    (
        "Farmers expect a poor harvest after the drought.",
        "Bauern erwarten nach der Dürre eine schlechte Ernte.",
    ),
)

ENGLISH = (HEADLINE[0], *(row[0] for row in ROWS))
GERMAN = (HEADLINE[1], *(row[1] for row in ROWS))
