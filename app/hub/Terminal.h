#pragma once

#include "model/core/Result.h"
#include "sync/protocol/JsonWriter.h"

#include <QString>

namespace ringbook::app {

enum class ExitStatus { Success = 0, Failure = 1, WrongUsage = 2 };

/// What a command says: sentences, or with --json one JSON object a line. Errors are one sentence on stderr
/// too.
class Terminal
{
public:
    explicit Terminal(bool json) : m_json(json) {}

    void say(const QString &sentence, sync::JsonWriter &json) const; ///< `json` is a whole object
    static void warn(const QString &sentence);                       ///< on stderr; the work goes on
    ExitStatus fail(const Error &error) const;

    static ExitStatus wrongUsage(const QString &sentence, const QString &command);

private:
    bool m_json = false;
};

} // namespace ringbook::app
