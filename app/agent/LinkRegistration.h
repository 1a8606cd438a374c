#pragma once

#include "app/agent/Options.h"

#include <QPair>
#include <QVector>

namespace ringbook::app {

/// The schemes of links that a kind of registration takes.
QStringList schemesOf(LinkKinds kinds);

/// A Linux desktop entry (freedesktop.org, Desktop Entry Specification 1.5) of a program that opens such
/// links. `program`: a name that is found, or an absolute path.
QString desktopEntry(const QString &program, const QStringList &schemes);

/// What makes Windows open such links with a program, for one user: names and values below
/// HKEY_CURRENT_USER, a key's own value under "Key/Default".
QVector<QPair<QString, QString>> registryValues(const QString &program, const QStringList &schemes);

/// Lets this program open such links for this user from now on; where several can, the user may have to
/// choose. Failed: a sentence for people.
Status registerLinks(LinkKinds kinds, const QString &program);

} // namespace ringbook::app
