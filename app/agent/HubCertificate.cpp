#include "app/agent/HubCertificate.h"

#include "model/core/OwnFiles.h"

#include <QFile>
#include <QSaveFile>
#include <QSslCertificate>

namespace ringbook::app {

namespace {

constexpr qint64 mostBytes = 1 << 20;

QString place(const QString &profile)
{
    return profile + "/hub-certificate.pem";
}

} // namespace

QString keptHubCertificate(const QString &profile)
{
    return QFile::exists(place(profile)) ? place(profile) : QString();
}

Status keepHubCertificate(const QString &file, const QString &profile)
{
    if (file == QLatin1String("system")) {
        if (!QFile::exists(place(profile)) || QFile::remove(place(profile)))
            return Done{};
        return Error{Fault::Failed, place(profile) + " cannot be removed"};
    }
    QFile given(file);
    if (!given.open(QIODevice::ReadOnly))
        return Error{Fault::Invalid,
                     QString("the certificate %1 cannot be read: %2").arg(file, given.errorString())};
    const QByteArray content = given.read(mostBytes);
    if (QSslCertificate::fromData(content).isEmpty())
        return Error{Fault::Invalid,
                     "there is no certificate in " + file +
                         "; --hub-certificate wants the PEM file of the company's authority or of "
                         "the hub"};
    QSaveFile kept(place(profile));
    if (!kept.open(QIODevice::WriteOnly) || kept.write(content) != content.size() || !commitWhole(kept))
        return Error{Fault::Failed, place(profile) + " cannot be written: " + kept.errorString()};
    return Done{};
}

} // namespace ringbook::app
