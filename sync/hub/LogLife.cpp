#include "sync/hub/LogLife.h"

#include <future>

namespace ringbook::hub {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds betweenTurns = 50ms;
constexpr auto betweenLooks = std::chrono::milliseconds(markLogEveryMs); ///< each wakes the writer

} // namespace

Result<bool> LogCut::turn(WriteBatch &batch, const QString &name)
{
    Books &books = batch.books();
    const auto book = batch.book(name);
    if (!book)
        return book.error();
    if (const Status marked = books.markLog(*book, batch.now(), markLogEveryMs); !marked)
        return marked.error();
    const auto aged = books.loggedBy(book->id, batch.now() - keepLogMs);
    if (!aged || *aged == 0)
        return aged ? Result<bool>(false) : aged.error();
    const auto cut = books.cutLog(*book, *aged, cutPerTurn);
    if (!cut || *cut == cutPerTurn)
        return cut ? Result<bool>(true) : cut.error();
    if (*aged == m_aged && m_device == 0)
        return false;
    m_aged = *aged;
    const auto forgotten = books.forgetAnswers(book->id, m_device, *aged, cutPerTurn);
    if (!forgotten || *forgotten > 0)
        return forgotten ? Result<bool>(true) : forgotten.error();
    const auto next = books.deviceAfter(m_device);
    if (!next)
        return next.error();
    m_device = *next;
    return m_device != 0;
}

LogLife::~LogLife()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void LogLife::start()
{
    m_thread = std::thread([this] { run(); });
}

void LogLife::run()
{
    for (bool more = true; !isStopped(more ? betweenTurns : betweenLooks);) {
        more = false;
        for (const sync::BookGrant &book : m_fanout.heads())
            more = turn(book.book) || more;
    }
}

bool LogLife::isStopped(std::chrono::milliseconds after)
{
    std::unique_lock lock(m_mutex);
    return m_wake.wait_for(lock, after, [this] { return m_isStopped; });
}

bool LogLife::turn(const QString &book)
{
    auto more = std::make_shared<bool>(false);
    std::promise<bool> done;
    const bool taken = m_writer.submit(
        {[this, book, more](WriteBatch &batch) {
             const auto turned = m_cuts[book].turn(batch, book);
             *more = turned && *turned;
             return turned ? Status(Done{}) : turned.error();
         },
         [&done, more](const Status &committed) { done.set_value(committed && *more); }, book});
    return taken && done.get_future().get();
}

} // namespace ringbook::hub
