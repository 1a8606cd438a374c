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
    bool isPort = false;
    const ushort port = text.sliced(colon + 1).toUShort(&isPort);
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
