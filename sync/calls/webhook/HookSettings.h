#pragma once

#include "sync/calls/SettingsReader.h"

#include <QByteArray>
#include <QHostAddress>
#include <QString>
#include <QVector>

namespace ringbook::calls {

constexpr int shortestHookToken = 24;
constexpr int longestHookToken = 128;
constexpr int shortestHookSecret = 16; ///< bytes
constexpr int longestHookSource = 40;

/// How a hosted telephone system tells of calls, and how the hub knows that it is the one who tells. Token
/// and secrets are in no message and no log.
struct HookSettings
{
    enum class Form { Generic, Zammad, Sipgate, Placetel, ThreeCx, Twilio };

    Form form = Form::Generic;
    QString token = {};           ///< in the address; letters, digits and -._~
    QString formerToken = {};     ///< as good as the token while the sender is moved to the new one
    QByteArray secret = {};       ///< for signatures; empty where the sender cannot sign
    QByteArray formerSecret = {}; ///< as formerToken
    QString publicUrl = {};       ///< of the hub, as the sender sees it; without a slash at its end
    QVector<QPair<QHostAddress, int>> allowedAddresses = {}; ///< subnets; empty: from everywhere

    bool knowsToken(const QString &token) const; ///< takes the same time for every wrong one
    bool takesFrom(const QString &address) const;
    bool isSigned() const; ///< whether senders of this form sign
};

QString name(HookSettings::Form form); ///< "generic", "3cx" …

/// Of a settings file of the kind "webhook".
HookSettings readHookSettings(SettingsReader &reader);

/// Whether it can stand in an address as it is.
bool isPlainInAddress(const QString &text);

/// Takes the same time wherever they differ.
bool isSameSecret(QByteArrayView one, QByteArrayView other);

} // namespace ringbook::calls
