#pragma once

#include "sync/client/DeskFiles.h"

namespace ringbook::tests {

/// The files of a desk's sync, which writes down what they say and does at once what a program does later or
/// beside.
struct HeardFiles
{
    HeardFiles(const sync::DeskFiles::Places &places, const Clock &clock)
        : files(places, clock,
                {.say = [this](const sync::Input &input) { said.append(input); },
                 .changed = [](const auto &) {},
                 .moreToApply =
                     [this] {
                         others();
                         files.applyChunk();
                     },
                 .wrote = [] {},
                 .cleared = [] {},
                 .damaged = [] {},
                 .replaced = [] {},
                 .moved = [this](const QString &path) { movedTo = path; },
                 .aside =
                     [](const auto &work, const auto &then) {
                         work();
                         then();
                     },
                 .copied = [] {}})
    {
    }
    Q_DISABLE_COPY_MOVE(HeardFiles)

    QVector<sync::Input> said = {};
    QString movedTo = {};
    std::function<void()> others = [] {}; ///< have their turn
    sync::DeskFiles files;
};

} // namespace ringbook::tests
