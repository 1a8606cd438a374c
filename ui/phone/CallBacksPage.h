#pragma once

#include "model/desk/CallBackDesk.h"
#include "ui/card/Row.h"
#include "ui/text/Times.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace ringbook::ui {

class Button;
class ElidedLabel;
class RowList;
class RowsModel;

/// How one who waits to be called back stands in the list.
Row callBackRow(const model::CallBackLine &line, const Reading &reading);

/// Whom to call back, who waits longest first. Enter opens the card; the telephone asks before it dials.
class CallBacksPage : public QWidget
{
    Q_OBJECT

public:
    static constexpr int most = 300;
    static constexpr int oldNewsMs = 30'000; ///< "today" and "overdue" go on by themselves

    CallBacksPage(model::CallBackDesk &desk, const Clock &clock, QTimeZone zone, QWidget *parent = nullptr);

    void setCanCall(bool can);

public Q_SLOTS:
    void refresh(); ///< reads anew, keeps the current one

Q_SIGNALS:
    void customerWanted(ringbook::Id<ringbook::model::Customer> customer);
    void callWanted(const QString &number);
    void countChanged(int count);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildUi();
    void connectUp();
    void readList();
    QString howMany() const;
    void offerKeys();
    const model::CallBackLine *current() const; ///< null: none
    void openCard();
    void call();
    void take();
    void finish();
    void undo();
    void say(const QString &sentence, bool isBad);

    model::CallBackDesk &m_desk;
    const Clock &m_clock;
    QTimeZone m_zone;
    QTimer m_timer;
    QVector<model::CallBackLine> m_lines;
    std::optional<Id<model::FollowUp>> m_finished; ///< what Undo takes back
    bool m_canCall = false;
    ElidedLabel *m_summary;
    RowsModel *m_model;
    RowList *m_list;
    Button *m_call;
    Button *m_take;
    Button *m_done;
    Button *m_undo;
};

} // namespace ringbook::ui
