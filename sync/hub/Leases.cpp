#include "sync/hub/Leases.h"

namespace ringbook::hub {

void Leases::heard(qint64 device)
{
    const TimeMs now = m_clock.now();
    {
        const std::lock_guard lock(m_mutex);
        const auto noted = m_noted.constFind(device);
        if (noted != m_noted.constEnd() && *noted <= now && now - *noted < renewLeaseEveryMs)
            return;
        m_noted.insert(device, now);
    }
    const bool taken = m_writer.submit({[device, lengthMs = m_lengthMs](WriteBatch &batch) {
                                            return batch.accounts().renewLease(device, batch.now(), lengthMs);
                                        },
                                        [this, device](const Status &committed) {
                                            if (!committed)
                                                forget(device);
                                        }});
    if (!taken)
        forget(device);
}

/// It is tried again when the device is heard of next.
void Leases::forget(qint64 device)
{
    const std::lock_guard lock(m_mutex);
    m_noted.remove(device);
}

} // namespace ringbook::hub
