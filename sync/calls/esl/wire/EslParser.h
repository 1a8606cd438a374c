#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QPair>
#include <QString>
#include <QVector>

namespace ringbook::calls {

// Beyond these a line, a header or a body is skipped and its frame marked damaged; the stream goes on.
constexpr qsizetype maxEslLineBytes = 16 * 1024;
constexpr qsizetype maxEslHeaders = 2'000;
constexpr qsizetype maxEslHeaderBytes = 1 << 20;
constexpr qsizetype maxEslEventBytes = 1 << 20;  ///< of a body; real ones have some 20 kB
constexpr qsizetype maxEslReplyBytes = 64 << 20; ///< of the list of all that is up

/// A body said to be longer than this is nonsense: nobody could find its end.
constexpr qsizetype maxEslSaidBytes = 1 << 30;

/// One frame of FreeSWITCH's event socket (mod_event_socket): headers, an empty line, and a body as long as
/// the header Content-Length says.
struct EslFrame
{
    QVector<QPair<QString, QString>> headers = {};
    QByteArray body = {};
    bool damaged = false; ///< something was longer than the limits and is missing

    QString text(const QString &key) const; ///< the first of this name, however it is spelt; empty if none
};

/// Bytes, cut anywhere, into frames. Holds at most one frame within the limits.
class EslParser
{
public:
    QVector<EslFrame> take(QByteArrayView bytes);

    /// Where the next frame begins is not known any more: nothing more is taken.
    bool isLost() const { return m_isLost; }

private:
    void takeLine(QVector<EslFrame> &frames);
    void takeHeader(QByteArrayView line);
    void beginBody(QVector<EslFrame> &frames);
    QByteArrayView takeBody(QByteArrayView bytes, QVector<EslFrame> &frames);

    QByteArray m_line;
    bool m_lineTooLong = false;
    EslFrame m_frame;
    qsizetype m_headerBytes = 0;
    qsizetype m_bodyLeft = 0;
    bool m_keepsBody = true;
    bool m_isLost = false;
};

} // namespace ringbook::calls
