"""Groups of words in the grammar of questions, by subject: years, lenders, people, statuses, denials, countries and others."""

from overt.model.yaml_reading_and_validation import Content


class YearWords(Content):
    """Words that introduce years."""

    since: list[str] = []
    after: list[str] = []
    until: list[str] = []
    before: list[str] = []
    between: list[str] = []


class CreditorWords(Content):
    """Words around countries and organisations that say who lends, gives, owes or owns."""

    giving: list[str] = []
    """Verbs right after a country that gives or lends."""
    owing: list[str] = []
    """Verbs before a country that is owed money."""
    owns: list[str] = []
    """Words that ask for owners, between an owner and what it owns: “own”, 母公司 (parent company)."""
    owned_by: list[str] = []
    """Words that ask for owners or subsidiaries, between what is owned and its owner: “belongs to”, in Chinese 属于."""
    whether: list[str] = []
    """First words of yes-or-no questions in the present tense (“does”), and Chinese words for such questions anywhere:
    是不是 (is it).
    """
    owning: list[str] = []
    """Verbs such as 拥有 (own) that ask for owners if they come right before an organisation and after its own country or another
    organisation. Elsewhere, they mean “has”.
    """
    lending: list[str] = []
    """Beginnings of words, in the intent `money`, for what a lender does."""
    gave: list[str] = []
    """Words of the intent `money` right after an organisation that gives or lends."""
    towards: list[str] = []
    """Words between an organisation that lends or gives and the place that receives."""
    as_lender: list[str] = []
    """Words right after an organisation that mark it as a lender, such as “as a donor”."""
    state: list[str] = []
    """Words between a country and what it lends, such as “government”."""
    most_money: list[str] = []
    """Words of the marker `most` that ask for the highest sum."""
    masses: list[str] = []
    """Words of the intent `money` for money as a whole, such as “debt” but not “loan”. With one of them, “the largest” means
    the highest sum."""


class PeopleWords(Content):
    """Words of questions for a number of people. A text doesn't answer such a question just because it mentions one of these
    words.
    """

    how_many: list[str] = []
    people: list[str] = []
    no_people: list[str] = []
    """Words and beginnings of words, such as 人脸 (face), that contain a word for people but don't mean people."""


class AnswerWords(Content):
    """Words that decide which answer is given, or that an answer takes into account although they belong to no part of the
    question.
    """

    available: list[str] = []
    """Words such as “working” that ask whether a service works, so that “yes” would mean that it isn't blocked."""
    rejections: list[str] = []
    """Beginnings of words, such as “reject”, that mean a denial right after an organisation, and elsewhere an exclusion."""
    repetitions: list[str] = []
    """Words of the marker `count` that ask how often something happened."""
    commitments: list[str] = []
    """Words of the intent `money` for single commitments, such as “loans”."""
    circumstances: list[str] = []
    """Words of `unweighed` for circumstances in which networks and services are restricted, such as “elections”."""
    circumstance_links: list[str] = []
    """Words of `unweighed` before a circumstance, such as “during”. They count as used if the answer uses the circumstance."""
    lists: list[str] = []
    """Words that ask for a list. A few records whose texts contain the question's words are no answer to such a question."""
    recent: list[str] = []
    """Words of `unweighed`, such as “recently”. They count as used if the answer lists the newest records first."""
    state_programmes: list[str] = []
    """Words of the intent `projects` that can mean state programmes, too."""
    givers: list[str] = []
    """Words of the intent `suppliers` that, beside a word for a donation, ask who donated something: 谁向 (“who … to”)."""
    giving: list[str] = []
    """Words of the intent `money` that ask who donated something if the question names a kind of project: “who gave cameras”."""
    gifts: list[str] = []
    """Parts of words in names of projects that were donated, such as “donat”."""
    additions: list[str] = []
    """Words for entries that were added to a list. If a question also has a word for removals, the answer covers both."""
    programmes: list[str] = []
    """Words for state programmes. The question's other words are then sought in the names of programmes."""
    distributions: list[str] = []
    """Words such as “respectively” that ask for a separate answer for each of several places."""
    conjunctions: list[str] = []
    """Words such as “also” that, between or after two things, ask for the countries that have both."""


class HalfWords(Content):
    """Words around the two halves of a question (content/questions/grammar-halves.yml)."""

    asking: list[str] = []
    """Words that begin a second half after “and”."""
    joints: list[str] = []
    """Words between two pairs of a name and a place: “Huawei in Kenya and ZTE in Uganda”."""
    there: list[str] = []
    """Words that refer to the place of the first half, such as “there”."""
    back: list[str] = []
    """Pronouns that refer to what the first half names or finds: “those” in “and which of those …”."""
    meant: list[str] = []
    """Words that refer to the organisation of the first half, such as “it”."""


class BlockingWords(Content):
    """Words that decide what a question about blocking means (content/questions/grammar-blocking.yml)."""

    networks: list[str] = []
    """Words that show that “shut off” is about networks, and not about a service."""
    services: list[str] = []
    """Words for services that, right after a place, mean services from there: “Chinese apps”. Chinese words can also begin a
    longer word.
    """
    censors: list[str] = []
    """Beginnings of words for blocking that, beside an organisation, ask for its filtering systems."""
    purposes: list[str] = []
    """Words between a system and what it is used for."""
    sites: list[str] = []
    """Words right after “block” for what a filtering system blocks."""


class StatusContext(Content):
    """Words around a status that describes projects (content/questions/grammar-statuses.yml)."""

    systems: list[str] = []
    """Words for projects, such as “systems”, besides the words of the intent `projects` and the words for kinds."""
    before: list[str] = []
    """Words between the projects and their status: “are”, “currently”."""
    after: list[str] = []
    """Words that can follow a status that comes after the projects: “in”."""
    beside_places: list[str] = []
    """Further words in questions that contain only a status and places: “what”."""


class DenialWords(Content):
    """Words that decide who denies or says what (content/questions/grammar-denials.yml)."""

    statements: list[str] = []
    """Words of the intent `agreements` that, beside an organisation, mean what it said."""
    asking: list[str] = []
    """Question words that ask who denies something."""
    with_each: list[str] = []
    """Words that, besides “and” and “or”, can be between two organisations that both deny something."""
    by: list[str] = []
    """Words between “denied by” and an organisation."""
    between: list[str] = []
    """Words that may come between an organisation and a word for a denial. They are compared token by token."""


class CountryWords(Content):
    """Words by which a question asks for countries (content/questions/grammar-countries.yml)."""

    which: list[str] = []
    """Words right before a word for countries, or before a region and such a word: “which African countries”."""
    countries: list[str] = []
    """Words for countries."""
    beginnings: list[str] = []
    """Beginnings of Chinese words for countries."""
    after: list[str] = []
    """Words that can follow 的国家 (“countries that …”) at the end of a question that asks for countries."""
    among: list[str] = []
    """Words after 的国家 and before 哪 (“which”), which asks for some of these countries."""
