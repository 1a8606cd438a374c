#pragma once

#include "model/desk/AttentionDesk.h"
#include "ui/attention/AttentionModel.h"
#include "ui/text/Times.h"

#include <QWidget>

#include <functional>

class QBoxLayout;
class QStackedLayout;

namespace ringbook::ui {

class Button;
class ConflictView;
class ElidedLabel;
class RefusedView;
class RowList;

/// What is to be decided and can wait for it: values that two people wrote, changes the hub refused. Nothing
/// here ever comes up by itself. What was decided is said and can be taken back as long as nobody else has
/// changed it. For a moment after something has come up by itself nothing is decided: who presses twice meant
/// once, and what the key was meant for may be gone.
class AttentionPage : public QWidget
{
    Q_OBJECT

public:
    AttentionPage(model::AttentionDesk &desk, const Clock &clock, QTimeZone zone, QWidget *parent = nullptr);

public Q_SLOTS:
    void refresh(); ///< reads anew; what somebody looks at stays as long as it is there
    void select(ringbook::Id<ringbook::model::Customer>
                    customer); ///< their first conflict; nothing if they have none

Q_SIGNALS:
    void countChanged(int count);
    void trayChanged(); ///< a refused change left it
    void customerWanted(ringbook::Id<ringbook::model::Customer> customer);

public:
    static constexpr qint64 calmMs = 700;      ///< longer than a key waits before it repeats
    static constexpr qint64 repeatingMs = 150; ///< keys that come closer are one that is held down

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeSummary();
    QWidget *makeList();
    QWidget *makeDetail();
    void showCurrent();
    void open(int row);
    void connectDecisions();
    using Settle = Result<model::AttentionDesk::Settled> (model::AttentionDesk::*)(Id<model::Conflict>);
    using Words = QString (*)(const model::ConflictLine &line, const Reading &reading);
    void decide(Settle settle, Words words);
    void takeBack();
    void correct(const std::function<Status(qint64)> &act);
    void beginCalm();
    bool isCalm();
    void arm(bool isArmed);
    bool isConfirmed();
    void settled(const Status &done, const QString &words);
    void saySummary(int count);

    model::AttentionDesk &m_desk;
    const Clock &m_clock;
    QTimeZone m_zone;
    ElidedLabel *m_summary;
    Button *m_undo;
    AttentionModel *m_model;
    RowList *m_list;
    QBoxLayout *m_columns;
    QWidget *m_panel;
    QStackedLayout *m_details;
    ConflictView *m_conflict;
    RefusedView *m_refused;
    AttentionModel::Key m_shown;
    QString m_done;                                   ///< what was decided last, in words
    QVector<model::AttentionDesk::Settled> m_settled; ///< what can be taken back, the last one last
    qint64 m_calmUntilNs = 0;
    bool m_isArmed = false; ///< asked whether what cannot be taken back is meant
};

} // namespace ringbook::ui
