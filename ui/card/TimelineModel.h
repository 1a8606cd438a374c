#pragma once

#include "model/core/Result.h"
#include "model/desk/Card.h"
#include "ui/text/Times.h"

#include <QAbstractListModel>

#include <functional>

namespace ringbook::ui {

/// Which part of a customer's history is shown.
enum class TimelineFilter { All, Calls, Cases, Mail, Visits };

/// Whether the entry belongs to that part. Everything written counts as mail; a promised visit as a visit.
bool passes(const model::TimelineEntry &entry, TimelineFilter filter);

/// One customer's history, newest first; older pages come through a function while somebody scrolls. Answers
/// RowRole (ui/card/Row.h), worded for the moment it was shown.
class TimelineModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using OlderPage = std::function<Result<model::TimelinePart>(const model::TimelineMark &after)>;

    /// So many pages are read at most before the view gets its turn again, when a filter lets little through.
    static constexpr int maxPagesAStep = 20;

    using QAbstractListModel::QAbstractListModel;

    /// Shows it; what is there already stays as it is, with all older pages and whatever is selected.
    void show(const model::TimelinePart &newest, const Reading &reading, OlderPage olderPage);
    void setFilter(TimelineFilter filter);
    TimelineFilter filter() const { return m_filter; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void olderPageFailed(const ringbook::Error &error);

private:
    bool isShown(const model::TimelinePart &newest, const Reading &reading) const;
    QVector<int> passing(int from) const;

    Reading m_reading;
    QVector<model::TimelineEntry> m_entries;
    QVector<int> m_visible; ///< indexes into m_entries that pass the filter
    std::optional<model::TimelineMark> m_next;
    OlderPage m_olderPage;
    TimelineFilter m_filter = TimelineFilter::All;
};

} // namespace ringbook::ui
