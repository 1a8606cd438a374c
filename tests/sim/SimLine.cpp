#include "tests/sim/SimLine.h"

#include "sync/client/Engine.h"

namespace ringbook::sim {

namespace {

sync::HttpAnswer failure(const char *what)
{
    return {.failure = QLatin1String(what)};
}

} // namespace

SimLine::SimLine(SimHub::World world, SimHub &hub, const qint64 &device, Say say)
    : m_schedule(world.schedule),
      m_dice(world.dice),
      m_happened(world.happened),
      m_hub(hub),
      m_device(device),
      m_say(std::move(say))
{
}

qint64 SimLine::delay()
{
    if (!m_dice.chance(weather.late))
        return m_dice.between(1, 30);
    ++m_happened["messages late"];
    return m_dice.between(200, 15'000);
}

void SimLine::send(const sync::effect::Send &send)
{
    const Exchange asked{send.id, ++m_exchanges};
    m_open.insert(asked.id, asked.number);
    m_schedule.after(send.request.timeoutMs, [this, asked] { answer(asked, failure("It took too long.")); });
    if (cut)
        return m_schedule.after(delay(), [this, asked] { answer(asked, failure("There is no network.")); });
    if (isLost())
        return;
    m_schedule.after(delay(), [this, asked, from = SimHub::Sender{m_device, schema}, request = send.request] {
        deliver(asked, from, request);
    });
    if (!m_dice.chance(weather.doubled))
        return;
    ++m_happened["requests doubled"];
    m_schedule.after(m_dice.between(1, 30'000), [this, asked, from = SimHub::Sender{m_device, schema},
                                                 request = send.request] { deliver(asked, from, request); });
}

void SimLine::deliver(Exchange asked, const SimHub::Sender &from, const sync::HttpRequest &request)
{
    if (!m_hub.isUp())
        return comeBack(asked, failure("Nobody is there."));
    m_hub.handle(from, request, [this, asked](const sync::HttpAnswer &answer) { comeBack(asked, answer); });
}

void SimLine::comeBack(Exchange asked, sync::HttpAnswer reply)
{
    if (isLost())
        return;
    if (m_dice.chance(weather.spoiled))
        reply = spoiled(reply);
    m_schedule.after(delay(), [this, asked, reply] { answer(asked, reply); });
}

bool SimLine::isLost()
{
    const bool isLost = hole || m_dice.chance(weather.lost);
    m_happened["messages lost"] += isLost ? 1 : 0;
    return isLost;
}

sync::HttpAnswer SimLine::spoiled(const sync::HttpAnswer &answer)
{
    ++m_happened["answers spoiled"];
    switch (m_dice.upTo(3)) {
    case 0: return failure("It was cut.");
    case 1: return {.status = answer.status, .body = answer.body.first(answer.body.size() / 2)};
    case 2: return {.status = 503, .retryAfterMs = 2000};
    default: return {.status = 200, .body = "<html>", .contentType = "text/html"};
    }
}

void SimLine::answer(Exchange asked, const sync::HttpAnswer &answer)
{
    if (m_open.value(asked.id) != asked.number)
        return;
    m_open.remove(asked.id);
    m_say(sync::input::Answered{asked.id, answer});
}

void SimLine::openStream()
{
    const int stream = ++m_stream;
    m_streaming = true;
    m_halfOpen = hole;
    m_lastArrival = 0;
    m_schedule.after(delay(), [this, stream, device = m_device] {
        if (stream != m_stream || !m_streaming || m_halfOpen)
            return;
        if (cut || !m_hub.isUp() || m_dice.chance(weather.lost))
            return endStream(stream);
        if (!m_hub.knows({device, schema}))
            return m_say(sync::input::StreamOpened{400, "application/problem+json"});
        m_say(sync::input::StreamOpened{200, "text/event-stream"});
        if (stream == m_stream && m_streaming && m_hub.isUp())
            m_hubStream = m_hub.openStream(
                device, [this, stream](const QByteArray &bytes) { streamBytes(stream, bytes); });
    });
}

/// In order, in pieces cut anywhere.
void SimLine::streamBytes(int stream, const QByteArray &bytes)
{
    if (bytes.isEmpty() && m_dice.chance(0.3))
        m_halfOpen = m_halfOpen || stream == m_stream; // the hub's machine went away without a word
    if (buffers && !bytes.isEmpty()) {
        ++m_happened["events kept on the way"];
        return;
    }
    m_lastArrival = std::max(m_lastArrival, m_schedule.now() + delay());
    m_schedule.after(m_lastArrival - m_schedule.now(), [this, stream, bytes] {
        const auto isOn = [&] { return stream == m_stream && m_streaming && !m_halfOpen; };
        if (!isOn())
            return;
        if (bytes.isEmpty())
            return endStream(stream);
        const qsizetype first = m_dice.upTo(bytes.size());
        for (const QByteArray &piece : {bytes.first(first), bytes.sliced(first)})
            if (!piece.isEmpty() && isOn())
                m_say(sync::input::StreamBytes{piece});
    });
}

void SimLine::endStream(int stream)
{
    if (stream != m_stream || !m_streaming)
        return;
    m_streaming = false;
    m_hub.closeStream(m_hubStream);
    m_say(sync::input::StreamEnded{QStringLiteral("The stream ended.")});
}

void SimLine::closeStream()
{
    ++m_stream;
    m_streaming = false;
    m_hub.closeStream(m_hubStream);
}

void SimLine::hangUp()
{
    closeStream();
    m_open.clear();
}

void SimLine::breakStream()
{
    ++m_happened["streams broken"];
    if (m_dice.chance(0.5))
        return endStream(m_stream);
    m_halfOpen = true;
    if (m_dice.chance(0.5))
        m_hub.closeStream(m_hubStream);
}

} // namespace ringbook::sim
