#pragma once

#include "tests/sim/SimDesk.h"

namespace ringbook::sim {

/// They have the files open for themselves, as the sync thread has.
struct SimDesk::Screens
{
    model::Book book;
    model::ChangeWriter writer;

    Screens(model::DeskFile &desk, model::Book opened, const Clock &clock)
        : book(std::move(opened)),
          writer(desk, book, clock)
    {
    }
};

/// What dies with the process.
struct SimDesk::Running
{
    model::DeskFile desk;
    std::unique_ptr<Screens> screens;
    sync::DeskFiles files;
    sync::Engine engine;
    QVector<sync::Input> inbox = {};
    bool working = false;
    QVector<model::RecordKey> changed = {};

    Running(model::DeskFile opened, const Clock &clock, sync::DeskFiles::Places places,
            sync::DeskFiles::Listener listener, sync::Engine made)
        : desk(std::move(opened)),
          files(std::move(places), clock, std::move(listener)),
          engine(std::move(made))
    {
    }
};

} // namespace ringbook::sim
