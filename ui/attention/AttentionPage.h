#pragma once

#include "model/desk/AttentionDesk.h"
#include "ui/text/Times.h"

#include <QWidget>

class QStackedLayout;

namespace ringbook::ui {

class AttentionModel;
class ConflictView;
class ElidedLabel;
class RefusedView;
class RowList;

/// What needs attention and can wait for it: values that two people wrote, changes the hub refused. Nothing
/// here ever comes up by itself.
class AttentionPage : public QWidget
{
    Q_OBJECT

public:
    AttentionPage(model::AttentionDesk &desk, const Clock &clock, QTimeZone zone, QWidget *parent = nullptr);

public Q_SLOTS:
    void refresh(); ///< reads anew; what is being corrected stays as long as it is there

Q_SIGNALS:
    void countChanged(int count);
    void trayChanged(); ///< a refused change left it
    void customerWanted(ringbook::Id<ringbook::model::Customer> customer);

private:
    QWidget *makeList();
    QWidget *makeDetail();
    void showCurrent();
    void open(int row);
    void settle(const Status &done, bool isRefused);

    model::AttentionDesk &m_desk;
    const Clock &m_clock;
    QTimeZone m_zone;
    ElidedLabel *m_summary;
    AttentionModel *m_model;
    RowList *m_list;
    QStackedLayout *m_details;
    ConflictView *m_conflict;
    RefusedView *m_refused;
    qint64 m_shown = 0; ///< counter of the refused change or id of the conflict
};

} // namespace ringbook::ui
