#pragma once

#include "app/agent/Agent.h"
#include "tests/bench/Bench.h"
#include "tests/support/Program.h"

#include <memory>

namespace ringbook::bench {

/// A hub as a process of its own and desks that are signed in to it, in folders that are kept between runs,
/// so that a book of millions of rows is made once.
class Rig
{
public:
    /// Starts the hub (making its data with users anna and ben the first time).
    static Result<std::unique_ptr<Rig>> start(const QString &folder);

    /// A desk of this process, signed in and live.
    Result<std::unique_ptr<app::Agent>> desk(const QString &who, ui::ThemeSwitch &themes);

    /// Fills the book of this desk, once, with so many customers; the desk must not run.
    Status fill(const QString &who, qint64 customers);

    QString profile(const QString &who) const { return m_folder + "/desk-" + who; }

private:
    QString m_folder;
    QString m_url;
    std::unique_ptr<tests::Program> m_hub;
};

} // namespace ringbook::bench
