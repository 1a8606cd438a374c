#pragma once

#include "model/domain/AgentCall.h"
#include "model/domain/CallCommand.h"
#include "ui/phone/DialBox.h"

#include <QPointer>
#include <QTimer>

namespace ringbook::ui {
class Shell;
}

namespace ringbook::app {

class Workplace;

/// What the agent has the telephone do: asks whom to call or to pass a call on to, and gives the orders. It
/// offers nothing that would not be heard.
class Telephone : public QObject
{
    Q_OBJECT

public:
    static constexpr int longestDiallingMs = 60'000; ///< then nobody lifts the own phone any more

    explicit Telephone(ui::Shell &shell);

    void setWorkplace(Workplace *workplace); ///< null: there is none
    void setPhone(const model::AgentPhone &phone);
    QString extension() const { return m_phone.extension; } ///< empty: none
    void setLive(bool isLive);                              ///< the hub hears what it is told
    /// Asks before it dials: the number stands in the field. Empty: the customer's on the card.
    void call(const QString &number = {});
    /// The same without taking the cursor, for what nobody here asked for: a link of a page. Nothing where a
    /// number is chosen just now. False: this phone does not dial.
    bool offer(const QString &number);

    void obeyed(const model::CallCommand &command);
    void refused(const model::CallCommand &command);
    void heard(const model::AgentCall &call); ///< what is dialled has become a call

Q_SIGNALS:
    void ordered(const ringbook::model::CallCommand &command);
    void lost(const QString &extension); ///< somebody else sits there now
    void got();                          ///< a phone, after there was none

private:
    void ask(ui::DialBox::Question question);
    void passOn(const QString &callId);
    void picked(const model::Dialable &choice);
    void show();
    QRect belowCallBar() const;
    QVector<model::Dialable> choices(const QString &number) const;

    ui::Shell &m_shell;
    ui::DialBox m_box;
    QPointer<Workplace> m_workplace;
    model::AgentPhone m_phone;
    bool m_isLive = false;
    QString m_passesOn; ///< the call; empty: one is to be made
    QTimer m_dialling;
};

} // namespace ringbook::app
