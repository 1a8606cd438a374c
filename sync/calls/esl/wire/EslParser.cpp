#include "sync/calls/esl/wire/EslParser.h"

#include <algorithm>

namespace ringbook::calls {

QString EslFrame::text(const QString &key) const
{
    const auto found = std::ranges::find_if(
        headers, [&](const auto &header) { return header.first.compare(key, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? QString() : found->second;
}

QVector<EslFrame> EslParser::take(QByteArrayView bytes)
{
    QVector<EslFrame> frames;
    while (!bytes.isEmpty() && !m_isLost) {
        if (m_bodyLeft > 0) {
            bytes = takeBody(bytes, frames);
            continue;
        }
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView piece = end < 0 ? bytes : bytes.first(end);
        m_lineTooLong |= m_line.size() + piece.size() > maxEslLineBytes;
        if (!m_lineTooLong)
            m_line.append(piece);
        if (end < 0)
            break;
        takeLine(frames);
        bytes = bytes.sliced(end + 1);
    }
    return frames;
}

void EslParser::takeLine(QVector<EslFrame> &frames)
{
    if (m_line.endsWith('\r'))
        m_line.chop(1);
    const QByteArray line = std::exchange(m_line, {});
    if (std::exchange(m_lineTooLong, false))
        m_frame.damaged = true;
    else if (!line.isEmpty())
        takeHeader(line);
    else if (!m_frame.headers.isEmpty())
        beginBody(frames);
}

void EslParser::takeHeader(QByteArrayView line)
{
    m_headerBytes += line.size();
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || m_frame.headers.size() >= maxEslHeaders || m_headerBytes > maxEslHeaderBytes) {
        m_frame.damaged = true;
        return;
    }
    const QByteArrayView value = line.sliced(colon + 1);
    m_frame.headers += {QString::fromUtf8(line.first(colon)), QString::fromUtf8(value.trimmed())};
}

void EslParser::beginBody(QVector<EslFrame> &frames)
{
    m_headerBytes = 0;
    const QString said = m_frame.text("Content-Length");
    bool isNumber = true;
    const qlonglong length = said.isEmpty() ? 0 : said.toLongLong(&isNumber);
    if (!isNumber || length < 0 || length > maxEslSaidBytes) {
        m_isLost = true;
        return;
    }
    const bool isReply = m_frame.text("Content-Type") == QLatin1String("api/response");
    m_keepsBody = length <= (isReply ? maxEslReplyBytes : maxEslEventBytes);
    m_frame.damaged |= !m_keepsBody;
    m_bodyLeft = length;
    if (length == 0)
        frames += std::exchange(m_frame, {});
}

/// What is left of the bytes behind the body.
QByteArrayView EslParser::takeBody(QByteArrayView bytes, QVector<EslFrame> &frames)
{
    const qsizetype taken = std::min(m_bodyLeft, bytes.size());
    if (m_keepsBody)
        m_frame.body.append(bytes.first(taken));
    m_bodyLeft -= taken;
    if (m_bodyLeft == 0)
        frames += std::exchange(m_frame, {});
    return bytes.sliced(taken);
}

} // namespace ringbook::calls
