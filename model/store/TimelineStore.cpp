#include "model/store/TimelineStore.h"

#include <limits>

namespace ringbook::model {

namespace {

using Kind = TimelineEntry::Kind;

/// Each kind is one index range read backwards, merged as far as the page goes; the numbers are those of
/// TimelineEntry::Kind. Entries of one moment are in the order of their ids, which no two records share.
/// %1 says whose interactions, %2 whose cases, %3 whose follow-ups.
const QString pageOf = QStringLiteral(R"(
    SELECT entry.*, user.name AS who_name,
        coalesce((SELECT label FROM outcome_code WHERE code = entry.outcome LIMIT 1), entry.outcome)
            AS outcome_label
    FROM (
        SELECT 0 AS entry_kind, id, started_at AS at, agent AS who, note AS text, channel, direction, outcome,
            ended_at - answered_at AS duration, NULL AS type, NULL AS status, NULL AS code, NULL AS severity,
            NULL AS remedy_sought, NULL AS follow_up_kind, NULL AS state
        FROM interaction
        WHERE %1 AND (started_at, id) < (:at, :id)
        UNION ALL
        SELECT 1, id, opened_at, opened_by, subject, NULL, NULL, NULL, NULL, type, status, code, severity,
            remedy_sought, NULL, NULL
        FROM case_file
        WHERE %2 AND (opened_at, id) < (:at, :id)
        UNION ALL
        SELECT 2, note.id, note.at, author, text, NULL, NULL, NULL, NULL, type, status, code, severity,
            remedy_sought, NULL, NULL
        FROM case_file CROSS JOIN case_note AS note ON note."case" = case_file.id
        WHERE %2 AND (note.at, note.id) < (:at, :id)
        UNION ALL
        SELECT 3, id, at, coalesce(done_by, made_by), what, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, kind, state
        FROM follow_up
        WHERE %3 AND (at, id) < (:at, :id)
        ORDER BY at DESC, id DESC LIMIT :limit
    ) AS entry
    LEFT JOIN user ON user.id = entry.who
    ORDER BY entry.at DESC, entry.id DESC
)");

const QString theirs = QStringLiteral("customer = :customer");
const QString pageSql = pageOf.arg(theirs, theirs, theirs);

const QString strangersCall = QStringLiteral("party_number = :number AND customer IS NULL");
const QString strangersPageSql = pageOf.arg(
    strangersCall,
    QStringLiteral("customer IS NULL AND case_file.interaction IN (SELECT id FROM interaction WHERE %1)")
        .arg(strangersCall),
    QStringLiteral("FALSE")); // a promise is made to somebody

const QString countSql = R"(
    SELECT count(*) AS count FROM (
        SELECT 1 FROM interaction
        WHERE customer = :customer AND started_at > :since AND coalesce(agent, 0) <> :me
        UNION ALL SELECT 1 FROM case_file
        WHERE customer = :customer AND opened_at > :since AND coalesce(opened_by, 0) <> :me
        UNION ALL SELECT 1 FROM case_file CROSS JOIN case_note AS note ON note."case" = case_file.id
        WHERE customer = :customer AND note.at > :since AND coalesce(author, 0) <> :me
        UNION ALL SELECT 1 FROM follow_up
        WHERE customer = :customer AND at > :since AND coalesce(made_by, 0) <> :me
        LIMIT :most
    ) AS entry
)";

constexpr qint64 newest = std::numeric_limits<qint64>::max();

std::optional<int> severity(const Row &row)
{
    const auto number = row.maybeNumber("severity");
    return number ? std::optional(int(*number)) : std::nullopt;
}

/// Values of a newer program are shown as the first one we know.
TimelineEntry readEntry(const Row &row, Id<User> me)
{
    return {
        .kind = Kind(row.number("entry_kind")),
        .id = row.number("id"),
        .at = row.number("at"),
        .who = row.text("who_name"),
        .mine = me && row.number("who") == me.value,
        .text = row.text("text"),
        .channel = channelFromName(row.text("channel")).value_or(Interaction::Channel::Call),
        .direction = interactionDirectionFromName(row.text("direction")).value_or(Interaction::Direction::In),
        .outcomeLabel = row.text("outcome_label"),
        .durationMs = row.maybeNumber("duration"),
        .caseType = caseTypeFromName(row.text("type")).value_or(Case::Type::Complaint),
        .caseStatus = statusFromName(row.text("status")).value_or(Case::Status::New),
        .caseCode = row.text("code"),
        .severity = severity(row),
        .remedySought = row.text("remedy_sought"),
        .followUpKind = followUpKindFromName(row.text("follow_up_kind")).value_or(FollowUp::Kind::Callback),
        .followUpState = followUpStateFromName(row.text("state")).value_or(FollowUp::State::Open)};
}

} // namespace

Result<TimelinePart> TimelineStore::page(Id<Customer> customer, std::optional<TimelineMark> after,
                                         int limit) const
{
    const TimelineMark mark = after.value_or(TimelineMark{newest, newest});
    return partOf(
        m_db.all(pageSql,
                 {{":customer", customer.value}, {":at", mark.at}, {":id", mark.id}, {":limit", limit + 1}}),
        limit);
}

Result<TimelinePart> TimelineStore::strangersPage(const QString &number, int limit) const
{
    return partOf(m_db.all(strangersPageSql,
                           {{":number", number}, {":at", newest}, {":id", newest}, {":limit", limit}}),
                  limit);
}

Result<TimelinePart> TimelineStore::partOf(const Result<Rows> &rows, int limit) const
{
    if (!rows)
        return rows.error();
    TimelinePart part;
    part.entries.reserve(limit);
    for (const Row &row : *rows)
        if (part.entries.size() < limit)
            part.entries.append(readEntry(row, m_me));
    if (rows->size() > limit && limit > 0) {
        const TimelineEntry &last = part.entries.constLast();
        part.next = TimelineMark{last.at, last.id};
    }
    return part;
}

Result<int> TimelineStore::countOfOthersSince(Id<Customer> customer, TimeMs since) const
{
    const auto row = m_db.one(countSql, {{":customer", customer.value},
                                         {":since", since},
                                         {":me", m_me.value},
                                         {":most", maxCountedEntries}});
    if (!row)
        return row.error();
    return int(row->number("count"));
}

} // namespace ringbook::model
