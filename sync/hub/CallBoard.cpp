#include "sync/hub/CallBoard.h"

#include "sync/protocol/Messages.h"

#include <algorithm>
#include <functional>

namespace ringbook::hub {

model::CallAbilities Phones::at(const QString &extension) const
{
    if (extension.isEmpty())
        return {.whyNot = QStringLiteral("You have no extension; ask your administrator for one.")};
    return byExtension.value(extension, others);
}

void CallBoard::setUsers(const QVector<Account> &accounts)
{
    change([&] {
        m_users.clear();
        m_names.clear();
        for (const Account &account : accounts) {
            if (account.extension.isEmpty())
                continue;
            m_users.insert(account.extension, account.id);
            m_names.insert(account.extension, account.name);
        }
    });
}

QString CallBoard::nameAt(const QString &extension) const
{
    const std::lock_guard lock(m_mutex);
    return m_names.value(extension);
}

void CallBoard::setPhones(const Phones &phones)
{
    change([&] { m_phones = phones; });
}

/// Whose telephone does something else from now on is told.
void CallBoard::change(const std::function<void()> &how)
{
    QHash<qint64, model::CallAbilities> before, after;
    {
        const std::lock_guard lock(m_mutex);
        before = phones();
        how();
        after = phones();
    }
    for (auto phone = after.begin(); phone != after.end(); ++phone)
        if (before.value(phone.key()) != *phone)
            m_fanout.publishPhone(phone.key(), *phone);
}

QHash<qint64, model::CallAbilities> CallBoard::phones() const
{
    QHash<qint64, model::CallAbilities> phones;
    for (auto user = m_users.begin(); user != m_users.end(); ++user)
        phones.insert(*user, m_phones.at(user.key()));
    return phones;
}

model::CallAbilities CallBoard::phoneOf(qint64 user) const
{
    const std::lock_guard lock(m_mutex);
    return m_phones.at(extensionFor(user));
}

QHash<QString, qint64> CallBoard::usersByExtension() const
{
    const std::lock_guard lock(m_mutex);
    return m_users;
}

QString CallBoard::extensionOf(qint64 user) const
{
    const std::lock_guard lock(m_mutex);
    return extensionFor(user);
}

QString CallBoard::extensionFor(qint64 user) const
{
    return m_users.key(user);
}

void CallBoard::apply(const QString &extension, const model::AgentCall &call)
{
    qint64 user = 0;
    {
        const std::lock_guard lock(m_mutex);
        auto &calls = m_calls[extension];
        if (call.state == model::AgentCall::State::Over)
            calls.remove(call.callId);
        else
            calls.insert(call.callId, call);
        if (calls.isEmpty())
            m_calls.remove(extension);
        user = m_users.value(extension);
    }
    if (user)
        m_fanout.publishCall(user, call);
}

QVector<model::AgentCall> CallBoard::callsOf(qint64 user) const
{
    const std::lock_guard lock(m_mutex);
    QVector<model::AgentCall> calls;
    for (auto extension = m_calls.begin(); extension != m_calls.end(); ++extension)
        if (m_users.value(extension.key()) == user)
            calls += extension->values();
    std::ranges::sort(calls, std::greater(), &model::AgentCall::startedAt);
    return calls.first(std::min<qsizetype>(calls.size(), sync::maxCallsPerAgent));
}

} // namespace ringbook::hub
