#pragma once

#include "sync/client/EngineWords.h"

#include <cstdio>

namespace ringbook::sim {

/// Prints what happens and on which machine, so that a failing seed can be read. While it is off, it costs
/// nothing: the words are made when they are printed.
class Trace
{
public:
    Trace(const qint64 &now, bool on) : m_now(now), m_on(on) {}

    template <typename Words>
    void operator()(const QString &machine, const Words &words) const
    {
        if (m_on)
            std::fprintf(stderr, "%8lld %-6s %s\n", m_now, qPrintable(machine), qPrintable(words()));
    }

private:
    const qint64 &m_now;
    bool m_on;
};

QString inWords(const sync::Input &input);
QString inWords(const sync::Effect &effect);
QString inWords(const sync::HttpRequest &request);
QString inWords(const sync::HttpAnswer &answer);

} // namespace ringbook::sim
