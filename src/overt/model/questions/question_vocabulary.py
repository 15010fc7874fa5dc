"""The vocabulary of questions, from `content/questions/grammar.yml` and `grammar-….yml`."""

from typing import Literal

from overt.model.questions.question_word_groups import (
    AnswerWords,
    BlockingWords,
    CountryWords,
    CreditorWords,
    DenialWords,
    HalfWords,
    PeopleWords,
    StatusContext,
    YearWords,
)
from overt.model.yaml_reading_and_validation import Content

Intent = Literal["suppliers", "places", "money", "blocked", "agreements", "lists", "projects"]

MarkerId = Literal[
    "exclusion",
    "absence",
    "comparison",
    "most",
    "costliest",
    "earliest",
    "above",
    "at_least",
    "count",
    "dates",
    "customers",
    "owners",
    "origin",
    "cities",
    "latest",
    "buyers",
    "operators",
    "abroad",
    "foreign",
    "domestic",
    "state",
    "event",
    "subsidiaries",
    "together",
    "links",
    "kinds",
    "both",
    "by_year",
    "reasons",
    "outcome",
    "lifted",
    "issuer",
    "headquarters",
    "replacement",
    "statements",
    "unrecorded",
    "leaders",
    "leads",
]


Outside = Literal[
    "help", "advice", "contacts", "losses", "arrests", "victims", "courts",
    "units", "papers", "networks", "forecasts", "quality", "people",
]  # fmt: skip


class QuestionGrammar(Content):
    """The words around the names in questions, by their meaning."""

    intents: dict[Intent, list[str]] = {}
    kinds: dict[str, list[str]] = {}
    """Words for each kind of project."""
    near_kinds: dict[str, list[str]] = {}
    """For each kind of project that readers ask for, other kinds under which sources may record it: for video surveillance,
    smart city.
    """
    restrictions: dict[str, list[str]] = {}
    """Words for each kind of restriction."""
    seats: dict[str, list[str]] = {}
    """Words for organisations that are based in a country, by the country's code."""
    adjectives: dict[str, list[str]] = {}
    """Adjectives of each country, by the country's code. An adjective means the country itself, or that a supplier is based
    there.
    """
    exporters: list[str] = []
    """Codes of countries whose adjective means that a supplier is based there: “Israeli spyware”. In some questions, the
    country's name means this, too.
    """
    lenders: list[str] = []
    """Codes of countries whose name before a word for loans means the lender: “中国贷款” (Chinese loans)."""
    creditors: CreditorWords = CreditorWords()
    people: PeopleWords = PeopleWords()
    answer_words: AnswerWords = AnswerWords()
    halves: HalfWords = HalfWords()
    blocking: BlockingWords = BlockingWords()
    denial_words: DenialWords = DenialWords()
    country_words: CountryWords = CountryWords()
    causes: dict[str, list[str]] = {}
    """Words for each cause of a restriction (vocab/restriction-reasons.yml)."""
    contracts: list[str] = []
    """Words in phrases of the marker `costliest` or the intent `projects` that ask for values of contracts: “the highest
    contract value”. The value of a contract is not a commitment.
    """
    costs: list[str] = []
    """Words in phrases of the marker `costliest` that ask what something costs, that is, for the value of its contract."""
    no_areas: list[str] = []
    """Names of countries that are not read as countries, because they also mean something else: “us”, or “Island” for Iceland.
    """
    companies: list[str] = []
    """Words for companies. An adjective right before such a word means the country where the companies are based."""
    regions: dict[str, list[str]] = {}
    """Names of each region besides its labels in the vocabulary, by the region's id."""
    country_groups: dict[str, list[str]] = {}
    """Members (codes of countries and ids of regions) of each group of countries, by a name of the group.

    Such a group is not a region of its own, so answers name its members.
    """
    debated_members: dict[str, list[str]] = {}
    """For each region, codes of countries that readers may not expect in it. Answers mention those with matching projects,
    unless the question names them.
    """
    services: dict[str, list[str]] = {}
    """Further names of each platform or other service."""
    service_groups: dict[str, list[str]] = {}
    """Words for groups of services, such as “messaging apps”, by group."""
    service_group_members: dict[str, list[str]] = {}
    """The platforms and services in each group, by their ids in the vocabularies. Their narrower terms are members, too. A
    group that is missing here contains all services.
    """
    names: dict[str, list[str]] = {}
    """Short names, brands and products of each organisation. A word under several organisations means all of them."""
    products: dict[str, list[str]] = {}
    """Words of `names` that mean a product, by the product's name. Questions about a product also cover projects whose names
    contain one of its `product_titles`.
    """
    product_titles: dict[str, list[str]] = {}
    """Words that mean a product in the names of projects, by the product's name. A product without an entry has only its name.
    """
    record_names: dict[str, list[str]] = {}
    """Short names of each law, agreement and programme, by a title that it has in the release."""
    record_families: dict[str, list[str]] = {}
    """Titles of related programmes, by a programme's title. Answers about its suppliers also cover the related programmes."""
    series_names: dict[str, list[str]] = {}
    """Further names of each series of scores of countries."""
    record_words: dict[str, list[str]] = {}
    """Words beside a title, by their meaning.

    `dates` asks when something takes effect, `rank` asks for a country's place among others, `earliest` and `latest` ask which
    of several laws came first or last, and `highest` and `lowest` ask for the countries with the highest or lowest values.
    `members` asks for what the answer shows anyway. `left_out` asks for what the answer says it leaves out.
    """
    project_names: dict[str, list[str]] = {}
    """Other words that readers use for projects, by the words that the names of these projects contain."""
    province_places: dict[str, list[str]] = {}
    """Names of towns and counties that identify a province's projects, by province. Each province is a key of `project_names`.
    """
    province_countries: dict[str, str] = {}
    """The code of the country of each province in `province_places`."""
    name_endings: list[str] = []
    """Words at the end of names that readers leave out or add, such as “Group”."""
    legal_forms: list[str] = []
    """Legal forms after an organisation's name: “Co., Ltd.”, 有限公司. They belong to the name."""
    agreement_kinds: dict[str, list[str]] = {}
    """Words for each kind of agreement. They also mean its narrower kinds."""
    pacts: list[str] = []
    """Words that mean agreements but never national laws, such as “accord”."""
    flow_types: dict[str, list[str]] = {}
    """Words for each type of commitment (vocab/flow-types.yml). They also mean its narrower types."""
    subjects: dict[str, list[str]] = {}
    """Words for each subject of laws and agreements, in questions and in names.

    A subject is a topic of provisions (vocab/provision-topics.yml), or a name that only the grammar uses.
    """
    wider_subjects: dict[str, str] = {}
    """For a subject that isn't itself a topic of provisions, the topic that includes it. Answers say that the topic is wider."""
    official_lists: dict[str, list[str]] = {}
    """Words for each official list (vocab/lists.yml). They, too, ask for `lists`, whose other words mean all lists."""
    figures: dict[str, list[str]] = {}
    """For each figure of the site: the parts, such as “kind spyware”, of the questions that it answers."""
    list_issuers: list[str] = []
    """Codes of the countries that issue the official lists of the atlas. Questions about the lists of another issuer are
    declined: “EU sanctions”.
    """
    statuses: dict[str, list[str]] = {}
    """Words for each status of a project."""
    project_statuses: dict[str, list[str]] = {}
    """Words that are read as a status only where they describe projects, by that status. The labels of these statuses are such
    words, too.
    """
    law_statuses: dict[str, list[str]] = {}
    """Words for each status of a law or agreement. They limit answers about laws and agreements, and are `unweighed` in other
    questions.
    """
    status_context: StatusContext = StatusContext()
    markers: dict[MarkerId, list[str]] = {}
    """Words that say how to answer: leave something out, compare, rank, count or date.

    `overt.queries.questions.exclusions_and_counts` applies many of them. The words of some markers, such as `abroad`, can have
    another meaning, too (`ADDED_MARKERS` in `overt.queries.questions.question_lexicon`): “exports” is also a verb.
    """
    date_events: dict[str, list[str]] = {}
    """Words for each property of projects that is a date, such as `completed`. If the question has a year, and the
    answer doesn't count projects by that date, the answer says that it leaves the word out.
    """
    capitals: dict[str, list[str]] = {}
    """The names of each country's capital, by the country's code. A capital often stands for its government."""
    rewordings: dict[str, str] = {}
    """Replacements for words that readers type, by the typed words. Answers show what replaced them.

    “…” stands for a few words between them: “keep … out of” is read as “exclude … from”.
    """
    uncounted: list[str] = []
    """Things such as “cameras” that the atlas does not count, because it counts projects."""
    narrow_kinds: list[str] = []
    """Words narrower than the kind under which they are listed, such as “4G”. Answers say that they cover something broader."""
    approximate: list[str] = []
    """Words whose meaning is only close to the one under which they are listed. Answers say how they were read."""
    text_words: list[list[str]] = []
    """Groups of words that mean the same in texts of records, in both languages: penalty, fine, 处罚."""
    unsearched: list[str] = []
    """Words that are too common to be looked for in texts of records: “many”, “our”."""
    name_words: list[list[str]] = []
    """Groups of words that mean the same in names of projects: “safe city”, 平安城市. Answers count the names that have one."""
    generic_kinds: list[str] = []
    """Words for kinds, such as “networks”, that add nothing beside a word for another kind: “4G networks”."""
    purchases: list[str] = []
    """Verbs for what a buyer does. A country after such a verb is where the supplier is based if another place precedes the
    verb: “Uganda uses China's cameras”. These verbs also belong to the marker `buyers`.
    """
    years: YearWords = YearWords()
    verbs: list[str] = []
    """Words for what an organisation does, such as “sell”. Questions in which a state does one of these things are declined."""
    deliveries: list[str] = []
    """Nouns such as “exports” that ask for suppliers if they follow a kind and the question names no country."""
    fillers: list[str] = []
    """Words without a meaning of their own."""
    saying: list[str] = []
    """Verbs such as “said”. In a question with an organisation, a place, a kind or a project, they ask for statements, unless
    the question is about agreements, official lists, blocking or money.
    """
    admitting: list[str] = []
    """Words of `saying` that ask whether something was confirmed, such as “admit”."""
    denied_things: list[str] = []
    """Words such as “reports” for what somebody denies. Beside a word for a denial, they don't narrow the question."""
    other_names: list[str] = []
    """Words of `unweighed` that mean nothing between two names of one thing: “HMN Tech, formerly Huawei Marine”."""
    unweighed: list[str] = []
    """Words that narrow a question in a way that answers can't take into account. The answer mentions that it ignores them."""
    present_words: list[str] = []
    """Words of `unweighed` for the present, such as “now”. They count as used if the answer says what has ended, and when."""
    limits: list[str] = []
    """Words of `unweighed` for places, groups of countries, times, things and parties. Answers that ignore one say so first."""
    outside: dict[Outside, list[str]] = {}
    """Words of questions for what the atlas doesn't record, by what they ask for. “…” stands for any words between them."""
    outside_unless: dict[Outside, list[str]] = {}
    """For each key of `outside`, words that make a question an ordinary one although it has words listed under that key."""
    outside_continued: dict[Outside, list[str]] = {}
    """For each key of `outside`, words that, right after its phrases, give them another meaning: “price of a camera system”."""
    outside_beside: dict[Literal["motives"], list[str]] = {}
    """Words for facts that no record has a field for. Answers to such questions begin by saying so."""
    unregistered_laws: list[str] = []
    """Names of well-known laws and agreements. Questions about such a law are declined if no record has its name."""
    subject_services: dict[str, list[str]] = {}
    """Services that a subject of laws includes: circumvention includes VPNs. Answers about the subject also cover
    restrictions of these services.
    """
    months: list[list[str]] = []
    """The names of each month, January first."""
    customer_words: dict[str, list[str]] = {}
    """Words of questions for a kind of customer, such as “intelligence agencies”, by that kind."""
    customer_names: dict[str, list[str]] = {}
    """Beginnings of words in organisations' names, by the kind of customer that they show; in Chinese, parts of these names."""
    customer_includes: dict[str, list[str]] = {}
    """Other kinds of customers that a kind includes: `police` includes `interior`, the ministries to which police belong."""
    customer_titles: dict[str, list[str]] = {}
    """Words in the names of projects that show which kind of customer uses the project, by that kind."""
    orderers: dict[str, list[str]] = {}
    """Words for kinds of bodies that order restrictions (vocab/ordering-bodies.yml), such as courts, by the kind."""
    any_kind: list[str] = []
    """Words of `kinds` that mean any kind of project in a question with a word for its users: “a police network”."""
    limiting_customers: list[str] = []
    """Kinds of customers whose words are added to `unweighed` and `limits`, except words that have another meaning, too."""
    orderer_customers: dict[str, str] = {}
    """For kinds of bodies in `orderers`, the kind of customers whose words are added to theirs."""
    order_words: dict[str, list[str]] = {}
    """Words right before or after the name of a supplier or product that ask for earlier or later projects, and other words
    that such questions must contain (content/questions/grammar-order.yml).
    """
    refused: list[str] = []
    """Words for what no answer can provide, such as “cheapest”. They are never understood, and never taken for misspellings."""

    @property
    def group_labels(self) -> dict[str, str]:
        """The label of a group of countries, by each of its names. All English names of a group have the first as their label."""
        first: dict[tuple[str, ...], str] = {}
        return {
            name: first.setdefault(tuple(members), name) if name.isascii() else name
            for name, members in self.country_groups.items()
        }
