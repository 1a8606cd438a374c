#include "app/agent/Telephone.h"

#include "app/agent/Workplace.h"
#include "ui/card/CardPage.h"
#include "ui/phone/CallBacksPage.h"
#include "ui/shell/CallBar.h"
#include "ui/shell/Shell.h"

namespace ringbook::app {

using model::AgentCall;
using model::CallCommand;
using model::Dialable;

namespace {

constexpr int mostOwners = 5;

} // namespace

Telephone::Telephone(ui::Shell &shell) : m_shell(shell), m_box(&shell)
{
    const ui::CallBar &bar = m_shell.callBar();
    connect(&bar, &ui::CallBar::dialRequested, this, [this] { call(); });
    connect(&bar, &ui::CallBar::transferRequested, this, &Telephone::passOn);
    connect(&bar, &ui::CallBar::holdRequested, this, [this](const QString &callId, bool on) {
        Q_EMIT ordered({.what = on ? CallCommand::What::Hold : CallCommand::What::Resume, .callId = callId});
    });
    connect(&m_box, &ui::DialBox::picked, this, &Telephone::picked);
    m_dialling.setSingleShot(true);
    m_dialling.setInterval(longestDiallingMs);
    connect(&m_dialling, &QTimer::timeout, this, [this] { m_shell.callBar().setDialling({}); });
}

void Telephone::setWorkplace(Workplace *workplace)
{
    m_workplace = workplace;
    m_box.close();
    if (workplace) {
        connect(&workplace->card(), &ui::CardPage::callWanted, this, &Telephone::call);
        connect(&workplace->callBacks(), &ui::CallBacksPage::callWanted, this, &Telephone::call);
    }
    show();
}

void Telephone::setPhone(const model::AgentPhone &phone)
{
    if (phone.extension.isEmpty() && !m_phone.extension.isEmpty())
        Q_EMIT lost(m_phone.extension);
    else if (m_phone.extension.isEmpty() && !phone.extension.isEmpty())
        Q_EMIT got();
    m_phone = phone;
    m_shell.setPhone(phone.extension);
    show();
}

void Telephone::setLive(bool isLive)
{
    m_isLive = isLive;
    show();
}

void Telephone::show()
{
    const bool can = m_phone.can.dial && m_isLive && m_workplace;
    m_shell.callBar().setCanDial(can);
    if (!m_workplace)
        return;
    m_workplace->card().setCanCall(can);
    m_workplace->callBacks().setCanCall(can);
}

QRect Telephone::belowCallBar() const
{
    const ui::CallBar &bar = m_shell.callBar();
    return {bar.mapTo(&m_shell, QPoint()), bar.size()};
}

void Telephone::call(const QString &number)
{
    if (number.isEmpty() && m_box.isUnasked())
        return m_box.takeCursor();
    ask({.title = tr("Call"),
         .begun = number,
         .hint = tr("Enter has your phone ring; lift it, and it dials. Escape closes this.")});
}

bool Telephone::offer(const QString &number)
{
    if (!m_workplace || !m_isLive || !m_phone.can.dial)
        return false;
    if (m_box.isVisible() && !m_box.isUnasked())
        return true; // somebody types there: nothing changes under their fingers
    ask({.title = tr("A link wants to call"),
         .begun = number,
         .hint = tr("Ctrl+F2 comes here; then Enter has your phone ring."),
         .isUnasked = true});
    return true;
}

void Telephone::ask(ui::DialBox::Question question)
{
    if (!m_workplace)
        return;
    m_passesOn.clear();
    question.choices = choices(question.begun);
    if (!m_isLive)
        question.whyNot = tr("The hub is out of reach; use the phone.");
    else if (!m_phone.can.dial)
        question.whyNot = m_phone.can.whyNot;
    m_box.open(question, belowCallBar());
}

void Telephone::passOn(const QString &callId)
{
    if (!m_workplace)
        return;
    m_passesOn = callId;
    const QString name = m_workplace->card().callerName(callId);
    const auto colleagues = m_workplace->dials().colleagues();
    m_box.open({.title = name.isEmpty() ? tr("Pass the call on to") : tr("Pass %1 on to").arg(name),
                .choices = colleagues ? *colleagues : QVector<Dialable>(),
                .hint = tr("Enter passes the call on at once. Escape closes this.")},
               belowCallBar());
}

/// A given number by whose it is; otherwise whoever is on the card, then colleagues.
QVector<Dialable> Telephone::choices(const QString &number) const
{
    QVector<Dialable> all;
    const auto take = [&](const Result<QVector<Dialable>> &some) {
        if (some)
            all += *some;
    };
    if (!number.isEmpty())
        take(m_workplace->dials().ownersOf(number, mostOwners));
    else if (const auto customer = m_workplace->card().customer())
        take(m_workplace->dials().numbersOf(customer));
    take(m_workplace->dials().colleagues());
    return all;
}

void Telephone::picked(const Dialable &choice)
{
    if (m_passesOn.isEmpty())
        Q_EMIT ordered({.what = CallCommand::What::Dial, .number = choice.number});
    else
        Q_EMIT ordered({.what = CallCommand::What::Transfer, .callId = m_passesOn, .number = choice.number});
}

void Telephone::obeyed(const CallCommand &command)
{
    if (command.what != CallCommand::What::Dial)
        return;
    m_shell.callBar().setDialling(command.number);
    m_dialling.start();
}

void Telephone::refused(const CallCommand &command)
{
    if (command.what == CallCommand::What::Dial)
        m_shell.callBar().setDialling({});
}

void Telephone::heard(const AgentCall &call)
{
    if (call.direction == AgentCall::Direction::Inbound || !m_dialling.isActive())
        return;
    m_dialling.stop();
    m_shell.callBar().setDialling({});
}

} // namespace ringbook::app
