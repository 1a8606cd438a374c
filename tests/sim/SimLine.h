#pragma once

#include "sync/client/EngineWords.h"
#include "tests/sim/SimHub.h"

#include <QHash>

namespace ringbook::sim {

/// What the network does to one desk. All zero: it is a good one.
struct Weather
{
    double lost = 0;    ///< of requests, on the way there or back
    double doubled = 0; ///< a request arrives twice, the second time much later
    double spoiled = 0; ///< an answer is cut, or somebody else's
    double late = 0;    ///< by seconds
};

/// One desk's way to the hub: requests that may overtake each other, and one stream at a time.
class SimLine
{
public:
    using Say = std::function<void(const sync::Input &input)>;

    SimLine(SimHub::World world, SimHub &hub, const qint64 &device, Say say);

    Weather weather = {};
    bool cut = false;                 ///< nobody is reached
    bool hole = false;                ///< nothing comes through and nobody says so
    int schema = model::schemaNumber; ///< of the desk's program
    bool buffers = false;             ///< something on the way keeps the bytes of a stream

    void send(const sync::effect::Send &send);
    void cancel(int id) { m_open.remove(id); }
    void openStream();
    void closeStream(); ///< silently, by the desk
    void hangUp();      ///< the desk's process is gone
    void breakStream(); ///< on the way: one end, both or none notice

private:
    /// A process that is started anew gives its requests the same ids; its sockets are others.
    struct Exchange
    {
        int id = 0;
        int number = 0;
    };

    void deliver(Exchange asked, const SimHub::Sender &from, const sync::HttpRequest &request);
    void comeBack(Exchange asked, sync::HttpAnswer answer);
    void answer(Exchange asked, const sync::HttpAnswer &answer);
    bool isLost();
    sync::HttpAnswer spoiled(const sync::HttpAnswer &answer);
    void streamBytes(int stream, const QByteArray &bytes);
    void endStream(int stream);
    qint64 delay();

    Schedule &m_schedule;
    Dice &m_dice;
    Tally &m_happened;
    SimHub &m_hub;
    const qint64 &m_device; ///< may become another
    Say m_say;
    QHash<int, int> m_open; ///< requests that still want an answer, and the exchange each is
    int m_exchanges = 0;
    int m_stream = 0; ///< counts; the desk's present one, if it has one
    bool m_streaming = false;
    bool m_halfOpen = false;
    int m_hubStream = 0;
    qint64 m_lastArrival = 0;
};

} // namespace ringbook::sim
