#include "ui/card/TimelineModel.h"

#include "ui/card/CardWords.h"
#include "ui/card/Row.h"

namespace ringbook::ui {

using model::FollowUp;
using model::Interaction;
using model::TimelineEntry;

namespace {

TimelineFilter partOf(Interaction::Channel channel)
{
    switch (channel) {
    case Interaction::Channel::Call: return TimelineFilter::Calls;
    case Interaction::Channel::Visit: return TimelineFilter::Visits;
    case Interaction::Channel::Mail:
    case Interaction::Channel::Letter:
    case Interaction::Channel::Chat:
    case Interaction::Channel::Fax:
    case Interaction::Channel::Web:
    case Interaction::Channel::Social: return TimelineFilter::Mail;
    }
    return TimelineFilter::All;
}

TimelineFilter partOf(FollowUp::Kind kind)
{
    switch (kind) {
    case FollowUp::Kind::Callback:
    case FollowUp::Kind::AfterSale: return TimelineFilter::Calls;
    case FollowUp::Kind::Visit:
    case FollowUp::Kind::Maintenance: return TimelineFilter::Visits;
    }
    return TimelineFilter::All;
}

TimelineFilter partOf(const TimelineEntry &entry)
{
    switch (entry.kind) {
    case TimelineEntry::Kind::Interaction: return partOf(entry.channel);
    case TimelineEntry::Kind::CaseOpened:
    case TimelineEntry::Kind::CaseNote: return TimelineFilter::Cases;
    case TimelineEntry::Kind::FollowUp: return partOf(entry.followUpKind);
    }
    return TimelineFilter::All;
}

} // namespace

bool passes(const TimelineEntry &entry, TimelineFilter filter)
{
    return filter == TimelineFilter::All || partOf(entry) == filter;
}

void TimelineModel::show(const model::TimelinePart &newest, const Reading &reading, OlderPage olderPage)
{
    if (isShown(newest, reading))
        return;
    beginResetModel();
    m_reading = reading;
    m_entries = newest.entries;
    m_next = newest.next;
    m_olderPage = std::move(olderPage);
    m_visible = passing(0);
    endResetModel();
}

bool TimelineModel::isShown(const model::TimelinePart &newest, const Reading &reading) const
{
    return !newest.entries.isEmpty() && daysFromToday(reading.now, m_reading) == 0 &&
           reading.zone == m_reading.zone && m_entries.mid(0, newest.entries.size()) == newest.entries;
}

void TimelineModel::setFilter(TimelineFilter filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    m_visible = passing(0);
    endResetModel();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_visible.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TimelineEntry &entry = m_entries.at(m_visible.at(index.row()));
    switch (role) {
    case RowRole: return QVariant::fromValue(timelineRow(entry, m_reading));
    case Qt::DisplayRole: return timelineRow(entry, m_reading).title;
    case Qt::AccessibleTextRole: return spokenRow(timelineRow(entry, m_reading));
    case Qt::ToolTipRole: return exactTime(entry.at, m_reading.zone);
    default: return {};
    }
}

bool TimelineModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_next && m_olderPage;
}

void TimelineModel::fetchMore(const QModelIndex &parent)
{
    const int before = int(m_entries.size());
    QVector<int> visible;
    for (int page = 0; page < maxPagesAStep && visible.isEmpty() && canFetchMore(parent); ++page) {
        const auto older = m_olderPage(*m_next);
        if (!older) {
            m_next.reset();
            Q_EMIT olderPageFailed(older.error());
            break;
        }
        m_entries += older->entries;
        m_next = older->next;
        visible = passing(before);
    }
    if (visible.isEmpty())
        return;
    beginInsertRows({}, int(m_visible.size()), int(m_visible.size() + visible.size()) - 1);
    m_visible += visible;
    endInsertRows();
}

QVector<int> TimelineModel::passing(int from) const
{
    QVector<int> rows;
    for (int i = from; i < m_entries.size(); ++i) {
        if (passes(m_entries.at(i), m_filter))
            rows.append(i);
    }
    return rows;
}

} // namespace ringbook::ui
