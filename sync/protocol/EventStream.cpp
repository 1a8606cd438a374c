#include "sync/protocol/EventStream.h"

#include "sync/protocol/Messages.h"

namespace ringbook::sync {

namespace {

constexpr int paddingBytes = 2048;
constexpr char byteOrderMark[] = "\xEF\xBB\xBF";

Error tooLong()
{
    return Error{Fault::Protocol,
                 QStringLiteral("an event of the stream is larger than %1 bytes").arg(maxEventBytes)};
}

/// The next line end at or after `from`, or the size.
qsizetype lineEnd(QByteArrayView bytes, qsizetype from)
{
    while (from < bytes.size() && bytes[from] != '\n' && bytes[from] != '\r')
        ++from;
    return from;
}

} // namespace

Result<QVector<StreamEvent>> EventStreamParser::feed(QByteArrayView bytes)
{
    QVector<StreamEvent> events;
    qsizetype at = 0;
    if (m_afterCr && !bytes.isEmpty()) {
        m_afterCr = false;
        if (bytes.front() == '\n')
            at = 1;
    }
    while (at < bytes.size()) {
        const qsizetype end = lineEnd(bytes, at);
        m_line.append(bytes.sliced(at, end - at));
        if (m_line.size() > maxEventBytes || m_event.data.size() + m_line.size() > maxEventBytes)
            return tooLong();
        if (end == bytes.size())
            break;
        endLine(events);
        at = end + 1;
        if (bytes[end] == '\r') {
            m_afterCr = at == bytes.size();
            if (!m_afterCr && bytes[at] == '\n')
                ++at;
        }
    }
    return events;
}

void EventStreamParser::endLine(QVector<StreamEvent> &events)
{
    if (!m_begun && m_line.startsWith(byteOrderMark))
        m_line.remove(0, qsizetype(sizeof byteOrderMark) - 1);
    m_begun = true;
    const QByteArray line = std::exchange(m_line, {});
    if (line.isEmpty()) {
        if (m_hasData)
            events.append(m_event);
        m_event.name.clear(); // the id stays, as the last one seen
        m_event.data.clear();
        m_hasData = false;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return;
    QByteArrayView value = colon < 0 ? QByteArrayView() : QByteArrayView(line).sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    readField(colon < 0 ? QByteArrayView(line) : QByteArrayView(line).first(colon), value);
}

void EventStreamParser::readField(QByteArrayView field, QByteArrayView value)
{
    if (field == QByteArrayView("event")) {
        m_event.name = value.toByteArray();
    } else if (field == QByteArrayView("data")) {
        if (m_hasData)
            m_event.data += '\n';
        m_event.data.append(value);
        m_hasData = true;
    } else if (field == QByteArrayView("id") && !value.contains('\0')) {
        m_event.id = value.toByteArray();
    }
}

QByteArray encodeEvent(QByteArrayView name, QByteArrayView data, QByteArrayView id)
{
    QByteArray bytes;
    bytes.reserve(name.size() + data.size() + id.size() + 32);
    bytes.append("event: ").append(name).append('\n');
    if (!id.isEmpty())
        bytes.append("id: ").append(id).append('\n');
    for (qsizetype at = 0; at <= data.size();) {
        const qsizetype end = lineEnd(data, at);
        bytes.append("data: ").append(data.sliced(at, end - at)).append('\n');
        const bool crLf = end + 1 < data.size() && data[end] == '\r' && data[end + 1] == '\n';
        at = end + (crLf ? 2 : 1);
    }
    return bytes.append('\n');
}

QByteArray heartbeat()
{
    return QByteArrayLiteral(":\n\n");
}

QByteArray streamPadding()
{
    return ':' + QByteArray(paddingBytes, ' ') + "\n\n";
}

} // namespace ringbook::sync
