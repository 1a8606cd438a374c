#include "tests/fuzz/Spoiler.h"

#include <array>

namespace ringbook::fuzz {

namespace {

constexpr qsizetype longest = 64 * 1024;

constexpr std::array words{"null",
                           "true",
                           "-1",
                           "0",
                           "1e999",
                           "-0",
                           "9223372036854775807",
                           "9223372036854775808",
                           "-9223372036854775808",
                           "1.5",
                           "\"\"",
                           "\"\\u0000\"",
                           "\"\\ud800\"",
                           "{}",
                           "[]",
                           "[[[[[[[[[[[[[[[[[[",
                           "{\"a\":{\"a\":{\"a\":",
                           ",",
                           ":",
                           "\"",
                           "\\",
                           "\n",
                           "\r\n\r\n",
                           "data:",
                           "event: ",
                           "\xff\xfe",
                           "\xef\xbb\xbf",
                           "\"fields\":{}",
                           "\"n\":1",
                           "253402300800000",
                           "\"id\":\"0\"",
                           "\"id\":\"01\"",
                           "%00",
                           "%2e%2e/",
                           "&after=-1",
                           "\r\n\r\nEvent: Hangup\r\nUniqueid: ",
                           "\r\nLinkedid: ",
                           "\r\nCallerIDName: \xe2\x80\xae\x07",
                           "\r\nCallingPres: 32\r\n"};

} // namespace

QByteArray Spoiler::next()
{
    QByteArray bytes = someExample();
    for (qint64 times = m_dice.between(1, 6); times > 0; --times)
        spoil(bytes);
    bytes.truncate(longest);
    return bytes;
}

void Spoiler::spoil(QByteArray &bytes)
{
    const qsizetype at = m_dice.upTo(bytes.size());
    const qsizetype count = m_dice.upTo(qMin<qsizetype>(40, bytes.size() - at));
    switch (m_dice.upTo(6)) {
    case 0: bytes.truncate(at); break;
    case 1: bytes.remove(at, count); break;
    case 2: bytes.insert(at, bytes.mid(at, count)); break;
    case 3: bytes.insert(at, m_dice.oneOf(words)); break;
    case 4: bytes.replace(at, count, m_dice.oneOf(words)); break;
    case 5: bytes = bytes.left(at) + someExample().mid(m_dice.upTo(200)); break;
    default:
        if (at < bytes.size())
            bytes[at] = char(m_dice.upTo(255));
    }
}

} // namespace ringbook::fuzz
