#include "sync/calls/ami/AmiParser.h"

#include <algorithm>

namespace ringbook::calls {

QString AmiMessage::text(QLatin1String key) const
{
    const auto found = std::ranges::find_if(fields, [&](const auto &field) { return field.first == key; });
    if (found == fields.end() || found->second == QLatin1String("<unknown>"))
        return {};
    return found->second;
}

QStringList AmiMessage::texts(QLatin1String key) const
{
    QStringList values;
    for (const auto &field : fields) {
        if (field.first == key)
            values += field.second;
    }
    return values;
}

QVector<AmiMessage> AmiParser::take(QByteArrayView bytes)
{
    QVector<AmiMessage> messages;
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView piece = end < 0 ? bytes : bytes.first(end);
        const bool fits = m_line.size() + piece.size() <= maxAmiLineBytes;
        m_lineTooLong |= !fits;
        if (!m_lineTooLong)
            m_line.append(piece);
        if (end < 0)
            break;
        takeLine(messages);
        bytes = bytes.sliced(end + 1);
    }
    return messages;
}

void AmiParser::takeLine(QVector<AmiMessage> &messages)
{
    if (m_line.endsWith('\r'))
        m_line.chop(1);
    const QByteArray line = std::exchange(m_line, {});
    if (std::exchange(m_lineTooLong, false)) {
        m_message.damaged = true;
        m_greeted = true;
        return;
    }
    if (!m_greeted) {
        m_greeting = QString::fromUtf8(line);
        m_greeted = true;
        return;
    }
    if (!line.isEmpty()) {
        takeField(line);
        return;
    }
    if (!m_message.fields.isEmpty())
        messages += m_message;
    m_message = {};
    m_messageBytes = 0;
}

void AmiParser::takeField(QByteArrayView line)
{
    m_messageBytes += line.size();
    const qsizetype colon = line.indexOf(':');
    const bool fits = m_message.fields.size() < maxAmiFields && m_messageBytes <= maxAmiMessageBytes;
    if (colon <= 0 || !fits) {
        m_message.damaged = true;
        return;
    }
    const QByteArrayView value = line.sliced(colon + 1);
    m_message.fields += {QString::fromUtf8(line.first(colon)),
                         QString::fromUtf8(value.startsWith(' ') ? value.sliced(1) : value)};
}

} // namespace ringbook::calls
