#include "sync/hub/HttpFront.h"

#include <QHostAddress>

namespace ringbook::hub {

Result<ListenAddress> readListenAddress(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    QString host = text.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    else if (host.contains(u':'))
        host.clear();
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        host = QStringLiteral("127.0.0.1");
    bool isPort = false;
    const ushort port = text.sliced(colon + 1).toUShort(&isPort);
    if (colon < 0 && isPort)
        return Error{Fault::Invalid,
                     QStringLiteral("“%1” is a port without an address; write 127.0.0.1:%1 for this machine "
                                    "alone, or 0.0.0.0:%1 for others too.")
                         .arg(port)};
    if (colon < 0 || host.isEmpty() || !isPort)
        return Error{
            Fault::Invalid,
            QStringLiteral("“%1” is no address to listen on; write 127.0.0.1:8750.").arg(text.left(80))};
    return ListenAddress{host, port};
}

bool isLoopback(const ListenAddress &address)
{
    return QHostAddress(address.host).isLoopback();
}

} // namespace ringbook::hub
