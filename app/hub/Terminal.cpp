#include "app/hub/Terminal.h"

#include <cstdio>

namespace ringbook::app {

namespace {

void printLine(std::FILE *stream, const QByteArray &line)
{
    std::fputs((line + '\n').constData(), stream);
    std::fflush(stream);
}

} // namespace

void Terminal::say(const QString &sentence, sync::JsonWriter &json) const
{
    printLine(stdout, m_json ? json.take() : sentence.toUtf8());
}

ExitStatus Terminal::fail(const Error &error) const
{
    const QString sentence = error.fault == Fault::DiskFull
                                 ? QStringLiteral("The disk is full; make room, then try again.")
                             : error.detail.isEmpty() ? QStringLiteral("It failed.")
                                                      : error.detail.simplified();
    if (m_json) {
        sync::JsonWriter json;
        json.beginObject().member("error", sentence).endObject();
        printLine(stdout, json.take());
    }
    printLine(stderr, "ringbook-hub: " + sentence.toUtf8());
    return ExitStatus::Failure;
}

void Terminal::warn(const QString &sentence)
{
    printLine(stderr, "ringbook-hub: " + sentence.toUtf8());
}

ExitStatus Terminal::wrongUsage(const QString &sentence, const QString &command)
{
    printLine(
        stderr,
        QStringLiteral("ringbook-hub: %1 See “ringbook-hub %2--help”.").arg(sentence, command).toUtf8());
    return ExitStatus::WrongUsage;
}

} // namespace ringbook::app
