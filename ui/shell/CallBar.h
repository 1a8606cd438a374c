#pragma once

#include "model/domain/AgentCall.h"

#include <QWidget>

#include <optional>

class QShortcut;
class QTimer;

namespace ringbook {
class Clock;
}

namespace ringbook::ui {

class Button;
class ElidedLabel;

/// The telephone at the top of the window: what the current call is doing and for how long. It offers only
/// what the telephone does when told.
class CallBar : public QWidget
{
    Q_OBJECT

public:
    explicit CallBar(const Clock &clock, QWidget *parent = nullptr);

    /// `waiting`: another one rings while `call` is talked on. Answer takes that one, Hang up ends `call`.
    void setCall(const std::optional<model::AgentCall> &call,
                 const std::optional<model::AgentCall> &waiting = std::nullopt);
    void setName(const QString &name); ///< of whom `call` is with; empty: only the number is known
    void setCanDial(bool can);
    /// The own phone rings, and dials this number when it is lifted; empty: it does not. A call hides it.
    void setDialling(const QString &number);
    /// Whether somebody still tells how the call goes; else its state is that of the last news, and nobody
    /// would hear what is to be done with it.
    void setHeard(bool isHeard);
    QSize sizeHint() const override;

Q_SIGNALS:
    void answerRequested(const QString &callId);
    void hangUpRequested(const QString &callId);
    void holdRequested(const QString &callId, bool on);
    void transferRequested(const QString &callId);
    void dialRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildUi();
    void connectUp();
    void refresh();
    void tick();
    const model::AgentCall *ringing() const; ///< null: nothing to answer
    void showState();
    void offerButtons();
    void offerHangUp(bool isTalking);
    QShortcut *keyFor(Button &button, const QKeySequence &keys);
    bool isNews() const; ///< what is said of the call still holds

    const Clock &m_clock;
    std::optional<model::AgentCall> m_call;
    std::optional<model::AgentCall> m_waiting;
    QString m_name;
    bool m_canDial = false;
    QString m_dialling;
    bool m_isHeard = true;
    QString m_couldHangUp; ///< the call that could be hung up here, a while ago or still
    ElidedLabel *m_state = nullptr;
    ElidedLabel *m_time = nullptr;
    ElidedLabel *m_party = nullptr;
    Button *m_dial = nullptr;
    Button *m_answer = nullptr;
    Button *m_hold = nullptr;
    Button *m_transfer = nullptr;
    QShortcut *m_holdKey = nullptr;
    QShortcut *m_transferKey = nullptr;
    Button *m_hangUp = nullptr;
    ElidedLabel *m_instead = nullptr; ///< of hanging up here
    QTimer *m_timer = nullptr;
};

/// Since when the call has been in its state, for the time that runs; 0 if nobody told.
TimeMs inStateSince(const model::AgentCall &call);

/// "+49 30 23125 147 · Support line", whatever of it is known.
QString partyAndLine(const model::AgentCall &call);

} // namespace ringbook::ui
