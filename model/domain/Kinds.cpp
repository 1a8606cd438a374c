#include "model/domain/Kinds.h"

#include <QVector>

#include <algorithm>
#include <iterator>

namespace ringbook::model {

namespace {

using enum FieldType;

constexpr FieldSpec customer[] = {
    {"name"},
    {"is_organisation", Boolean},
    {"organisation", Reference},
    {"role"},
    {"tier"},
    {"stage"},
    {"language"},
    {"time_zone"},
    {"good_service"},
    {"notes"},
};
constexpr FieldSpec contactPoint[] = {
    {"customer", Reference},
    {"channel", Text, "reach"},
    {"value", Text, "reach"},
    {"e164", Text, "reach"},
    {"label"},
    {"verified", Boolean, "reach"},
    {"shared"},
    {"not_theirs_since", Integer},
};
constexpr FieldSpec interaction[] = {
    {"customer", Reference},
    {"channel"},
    {"direction"},
    {"own_line"},
    {"queue"},
    {"party_number"},
    {"started_at", Integer},
    {"answered_at", Integer},
    {"ended_at", Integer},
    {"agent", Reference},
    {"outcome"},
    {"note"},
    {"verification"},
    {"call_id"},
    {"ring_to_paint_us", Integer},
};
constexpr FieldSpec caseFile[] = {
    {"code"},
    {"type"},
    {"customer", Reference},
    {"category", Reference},
    {"product"},
    {"severity", Integer},
    {"subject"},
    {"status"},
    {"queue", Reference},
    {"assignee", Reference},
    {"opened_at", Integer},
    {"opened_by", Reference},
    {"due_at", Integer},
    {"closed_at", Integer},
    {"remedy_sought"},
    {"remedy_given"},
    {"root_cause"},
    {"resolution"},
    {"interaction", Reference},
};
constexpr FieldSpec caseNote[] = {
    {"case", Reference}, {"interaction", Reference}, {"author", Reference}, {"text"}, {"at", Integer},
};
constexpr FieldSpec followUp[] = {
    {"customer", Reference},
    {"case", Reference},
    {"kind"},
    {"what"},
    {"due_at", Integer, "due"},
    {"zone", Text, "due"},
    {"state"},
    {"assignee", Reference},
    {"team", Reference},
    {"made_by", Reference},
    {"at", Integer},
    {"e164"},
    {"queue"},
    {"calls", Integer},
    {"last_call_at", Integer},
    {"tries", Integer},
    {"done_by", Reference, "done"},
    {"done_at", Integer, "done"},
};
constexpr FieldSpec alert[] = {
    {"customer", Reference},
    {"text"},
    {"author", Reference},
    {"until", Integer},
};
constexpr FieldSpec conflict[] = {
    {"kind"},
    {"record", Reference},
    {"field"},
    {"kept"},
    {"lost"},
    {"kept_by", Reference},
    {"lost_by", Reference},
    {"kept_at", Integer},
    {"lost_at", Integer},
    {"state"},
};
constexpr FieldSpec user[] = {
    {"name"}, {"login"}, {"extension"}, {"team", Reference}, {"role"}, {"language"},
};
constexpr FieldSpec team[] = {{"name"}};
constexpr FieldSpec queue[] = {{"name"}, {"label"}};
constexpr FieldSpec category[] = {{"name"}, {"case_type"}};
constexpr FieldSpec outcomeCode[] = {{"code"}, {"label"}, {"position", Integer}};

constexpr KindSpec kinds[] = {
    {"customer", "customer", customer},
    {"contact_point", "contact_point", contactPoint},
    {"interaction", "interaction", interaction},
    {"case", "case_file", caseFile},
    {"case_note", "case_note", caseNote},
    {"follow_up", "follow_up", followUp},
    {"alert", "alert", alert},
    {"conflict", "conflict", conflict},
    {"user", "user", user},
    {"team", "team", team},
    {"queue", "queue", queue},
    {"category", "category", category},
    {"outcome_code", "outcome_code", outcomeCode},
};

} // namespace

const FieldSpec *KindSpec::field(const QString &name) const
{
    const auto found =
        std::ranges::find_if(fields, [&](const FieldSpec &spec) { return name == QLatin1String(spec.name); });
    return found == fields.end() ? nullptr : &*found;
}

QString KindSpec::groupOf(const QString &name) const
{
    const FieldSpec *spec = field(name);
    return spec ? QLatin1String(spec->group) : QString();
}

const FieldSpec *KindSpec::field(std::string_view name) const
{
    const auto found = std::ranges::find_if(fields, [&](const FieldSpec &spec) { return name == spec.name; });
    return found == fields.end() ? nullptr : &*found;
}

const QStringList &KindSpec::names() const
{
    static const auto all = [] {
        QVector<QStringList> names;
        for (const KindSpec &one : allKinds()) {
            names.emplaceBack();
            for (const FieldSpec &field : one.fields)
                names.last().append(QLatin1String(field.name));
        }
        return names;
    }();
    return all[this - std::data(kinds)];
}

const KindSpec *kindSpec(const QString &kind)
{
    const auto found =
        std::ranges::find_if(kinds, [&](const KindSpec &spec) { return kind == QLatin1String(spec.kind); });
    return found == std::end(kinds) ? nullptr : found;
}

std::span<const KindSpec> allKinds()
{
    return kinds;
}

} // namespace ringbook::model
