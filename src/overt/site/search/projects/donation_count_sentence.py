"""Say why an answer's projects count as donations: because of their kind, their names, or grants."""

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries.project_filter_masks import matching_projects
from overt.site.search.projects.question_filter import DONATION
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import Note, Reply, size_of


def with_donation_counts(scope: RelatedProjects, reply: Reply) -> Reply:
    """Add the number of projects that count by each of the three rules to a reply about donations.

    Nothing is added unless a project counts because of its name or a grant. If the linked list is limited to projects recorded
    as donations, a note says so.
    """
    if DONATION not in scope.kinds or reply.is_denied or reply.is_near:
        return reply
    mask = scope.seated(scope.mask(scope.filter()))
    recorded = mask & matching_projects(scope.reader, ProjectFilter(kind=(DONATION,)))
    named, granted = (mask & ~recorded & way for way in scope.donated_by_names_and_grants)
    if not (named | granted).any():
        return reply
    language = scope.language
    ways = [
        language.gettext("%(name)s (%(detail)s)", name=name, detail=size_of(counted))
        for name, counted in (
            (language.gettext("recorded as a donation"), recorded),
            (language.gettext("word for gifts in the name"), named),
            (language.gettext("grant from abroad"), granted),
        )
        if counted.any()
    ]
    counts = language.gettext("Why they count as donations, each once: %(ways)s.", ways=scope.listed(ways))
    reply.sentence = scope.sentences(reply.sentence, counts)
    if not scope.added_kinds:
        kind = scope.label("kind", DONATION, DONATION)
        only = language.gettext("The list behind the link has only projects of the kind “%(kind)s”.", kind=kind)
        reply.notes = [*reply.notes, Note(only)]
    return reply
