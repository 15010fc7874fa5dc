"""Claims of the small atlas, by source."""

from tests.support.handwritten_claims import SourceRows
from tests.support.hostile_and_secret_words import ATTACKS


def make_sources() -> list[SourceRows]:
    """Return the sources in archiving order. The private source is first, so its records become the anchors of clusters."""
    secret = SourceRows("secret_map", "2026-02-03", 0)
    secret.add(
        "organization",
        "huawei",
        name=["Huawei Technologies", "Zürn Überwachung AG", ("祖恩秘密公司", "lang:zh")],
        sector="SECRET-77 sector",
    )
    secret.add("organization", "zurn", name="Zürn Überwachung Holding", country="DE")
    secret.add(
        "project",
        "p1",
        name="Geheimprojekt Nebelburg",
        kind=["video-surveillance"],
        country=["DE"],
        status="operational",
        agreed="2018",
    )
    secret.add("role", "p1/zurn", project="secret_map:p1", organization="secret_map:zurn", role="supplier")
    secret.add(
        "place",
        "p1/place",
        project=["secret_map:p1"],
        country="DE",
        name="Nebelburg",
        geometry="POINT (13.3713 52.5)",
        precision="exact",
    )
    secret.add(
        "commitment",
        "p1/money",
        project="secret_map:p1",
        financier=["secret_map:zurn"],
        amount=("987654321", "USD@2021"),
        agreed="2018",
    )
    secret.add("project", "nairobi", name="SECRET-77 name of the Nairobi project", status="cancelled", length="987654321")
    secret.add("assessment", "de", country="DE", year="2022", supplier=["secret_map:zurn"], supplier_note="confidential excerpt")

    register = SourceRows("open_register", "2026-01-05", 1)
    register.add(
        "document",
        "report",
        url="https://report.example/a?b=1",
        title=f"A report {ATTACKS[2]}",
        publisher="Reporters",
        published="2023-03-28",
    )
    document = "open_register:report"
    register.add(
        "organization",
        "huawei",
        name=["Huawei", ("华为技术有限公司", "lang:zh")],
        alias=["Huawei Tech"],
        kind="company",
        country="CN",
        identifier=["wikidata:Q160120"],
        website="https://huawei.example/",
        document=document,
    )
    register.add("organization", "marine", name=["Huawei Marine"], country="CN")
    register.add(
        "organization", "bank", name=["Export Bank of Ruritania", ("进出口银行", "lang:zh")], kind="policy-bank", country="CN"
    )
    register.add("organization", "attack", name=list(ATTACKS), country="US")
    register.add(
        "relation",
        "marine-huawei",
        from_="open_register:marine",
        to="open_register:huawei",
        kind="parent",
        share="51",
        start="2008",
    )
    register.add(
        "listing",
        "huawei/1260h",
        organization="open_register:huawei",
        list="us-dod-1260h",
        start="2021-06",
        edition=["2021-06-03", "2022-10-05"],
    )
    register.add(
        "agreement",
        "treaty",
        name=f"Treaty on content {ATTACKS[1]}",
        kind="treaty",
        party_country=["CN", "RU"],
        party=["open_register:huawei"],
        date="2019-10-08",
        status="agreed",
        subject="Content online",
        document=document,
        place_in_document="p. 3",
    )
    register.add(
        "reported_figure",
        "sixty-three",
        measure="surveillance-export-countries",
        value="63",
        bound="at least",
        as_of="2019",
        reported_by="Reporters",
        place_in_document="p. 4",
        document=document,
    )

    register.add(
        "agreement",
        "law/2014",
        name=["Russian Networks Act", ("俄罗斯网络法", "lang:zh")],
        kind="law",
        party_country=["RU"],
        date="2014-03-01",
        in_force="2014-03-01",
        repealed="2021-07-01",
        status="superseded",
        superseded_by="open_register:law/2021",
    )
    register.add(
        "agreement",
        "law/2021",
        name=["Russian Networks Act", ("俄罗斯网络法", "lang:zh")],
        kind="administrative-regulation",
        party_country=["RU"],
        date="2021-05-04",
        in_force="2021-07-01",
        status="in-force",
    )
    for article, topics in (("Article 9", ["real-name-registration"]), ("Article 10", ["encryption", "lawful-access"])):
        register.add(
            "provision",
            f"law/2021/{article[-2:].strip()}",
            agreement="open_register:law/2021",
            article=article,
            topic=topics,
            note=f"What {article} says {ATTACKS[1]}",
        )
    register.add("provision", "law/2014/2", agreement="open_register:law/2014", article="第十一条", topic=["encryption"])
    register.add("organization", "forum", name=["Standards Forum"], kind="non-governmental", country="RU")
    for counted, count in (("addresses", "875"), ("mailing-lists", "77")):
        register.add(
            "participation",
            f"huawei/3gpp/{counted}",
            organization="open_register:huawei",
            country="CN",
            forum="3gpp",
            role="list-participant",
            domain=["huawei.example"],
            count=count,
            counted=counted,
            start="2019",
            end="2021",
        )
    register.add(
        "participation",
        "huawei/forum",
        organization="open_register:huawei",
        body="open_register:forum",
        role="member",
        start="2020",
    )
    register.add("participation", "ru/itu", country="RU", forum="itu-t", role="host", standard="Y.2770")

    projects = SourceRows("open_projects", "2026-01-10", 2)
    projects.add(
        "project",
        "nairobi",
        name="Nairobi safe city",
        status="operational",
        country=["KE"],
        agreed="2012-05",
        operational="2014",
        length="120",
        description="Cameras and a command centre.",
        sector="COMMUNICATIONS",
    )
    projects.add("project", "nairobi", basis="coded", rule="title-kinds@1", kind=["smart-city", "video-surveillance"])
    projects.add("organization", "huawei", name="Huawei Technologies Co., Ltd.")
    projects.add("role", "nairobi/huawei", project="open_projects:nairobi", organization="open_projects:huawei", role="supplier")
    projects.add(
        "commitment",
        "nairobi/loan",
        project="open_projects:nairobi",
        financier=["open_register:bank"],
        amount=("100000000.5", "USD@2021"),
        flow_type="loan",
        agreed="2012",
        recommended_for_aggregates="true",
    )
    projects.add(
        "place",
        "nairobi/site",
        project=["open_projects:nairobi"],
        country="KE",
        name="Nairobi",
        geometry="POINT (36.8172 -1.2864)",
        precision="locality",
        radius="12",
        kind="site",
    )
    projects.add(
        "project",
        "backbone",
        name="National backbone of Kenya",
        kind=["fixed-network"],
        status="completed",
        country=["KE"],
        agreed="2007",
    )
    projects.add(
        "project",
        "cable",
        name="Test Sea Cable",
        kind=["submarine-cable"],
        status="under-construction",
        country=["KE", "PK"],
        operational="2027",
        length="5000",
    )
    projects.add(
        "place",
        "cable/mombasa",
        project=["open_projects:cable"],
        country="KE",
        name="Mombasa, Kenya",
        geometry="POINT (39.67 -4.05)",
        precision="locality",
        kind="landing-point",
    )
    projects.add(
        "place",
        "cable/karachi",
        project=["open_projects:cable"],
        country="PK",
        name="Karachi, Pakistan",
        geometry="POINT (67.03 24.8)",
        precision="locality",
        kind="landing-point",
    )
    projects.add(
        "place",
        "cable/route",
        project=["open_projects:cable"],
        geometry="MULTILINESTRING ((39.67 -4.05, 50 5, 67.03 24.8))",
        precision="schematic",
        kind="route",
    )
    projects.add(
        "project", "5g", name="5G trial in Laos", kind=["5g-network"], status="announced", country=["LA"], agreed="2019/.."
    )
    projects.add("role", "5g/huawei", project="open_projects:5g", organization="open_projects:huawei", role="implementer")
    projects.add(
        "place", "5g/where", project=["open_projects:5g"], country="LA", geometry="POINT (102.6 17.97)", precision="country"
    )
    projects.add("project", "denied", name="Denied data centre", kind=["data-centre"], status="denied", country=["LA"])
    for part in ("huawei", "marine", "bank", "attack"):
        projects.add(
            "role", f"denied/{part}", project="open_projects:denied", organization=f"open_register:{part}", role="supplier"
        )
    for number, attack in enumerate(ATTACKS):
        projects.add(
            "project",
            f"attack-{number}",
            name=attack,
            kind=["filtering"],
            status="unknown",
            country=["US"],
            agreed="2015",
            description=attack,
        )
        projects.add(
            "role",
            f"attack-{number}/x",
            project=f"open_projects:attack-{number}",
            organization="open_register:attack",
            role="supplier",
        )
        projects.add(
            "place",
            f"attack-{number}/place",
            project=[f"open_projects:attack-{number}"],
            country="US",
            name=attack,
            geometry=f"POINT (-{90 + number} 40)",
            precision="admin1",
        )
    projects.add("project", "gone", name="A project that was taken back", country=["KE"])
    projects.add("indicator", "indicator/ke/1", series="freedom-on-the-net", country="KE", year="2023", value="66")
    projects.add("indicator", "indicator/ke/2", series="freedom-on-the-net", country="KE", year="2024", value="64")
    for row, value in (("1", "1"), ("2", "1")):  # two editions of an index have the same value for the same year
        projects.add("indicator", f"indicator/la/{row}", series="belt-and-road-member", country="LA", year="2019", value=value)
    projects.add("indicator", "indicator/la/3", series="belt-and-road-member", country="LA", year="2022", value="0")
    projects.add("indicator", "indicator/la/4", series="freedom-on-the-net-status", country="LA", year="2019", code="partly-free")
    projects.add(
        "assessment",
        "ke/2022",
        country="KE",
        year="2022",
        kind=["smart-city", "facial-recognition"],
        supplier=["open_projects:huawei"],
        supplier_country=["CN"],
        supplier_note="Mult",
    )
    projects.add(
        "restriction",
        "restriction/ke/1",
        kind="shutdown",
        country="KE",
        service=["vpn"],
        area="Birch <b>",
        start="2023-06",
        end="2023-07",
    )

    other = SourceRows("other_projects", "2026-02-01", 3)
    other.add("project", "safe-city-nairobi", name="Safe City Nairobi", status="completed", country=["KE"], agreed="2013")
    return [secret, register, projects, other]


def make_editorial() -> SourceRows:
    """Return the editors' claims: about an organisation of their own, an open project and a private record, and two roles."""
    editorial = SourceRows("editorial", "2026-02-02", 1 << 40)
    editorial.add("organization", "desk", name="Our own organisation", country="CH")
    editorial.add("role", "open", project="open_projects:backbone", organization="editorial:desk", role="partner")
    editorial.add("role", "private", project="open_projects:backbone", organization="secret_map:zurn", role="supplier")
    editorial.add_about("secret_map:p1", "project", description="SECRET-77 said by an editor")
    editorial.add_about("open_projects:backbone", "project", description="Said by an editor")
    return editorial
