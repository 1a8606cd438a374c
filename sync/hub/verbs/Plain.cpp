#include "sync/hub/verbs/Plain.h"

#include "model/domain/Kinds.h"
#include "sync/protocol/Codec.h"

#include <QFile>

namespace ringbook::hub {

void Health::answer(const Ask &, Reply reply)
{
    reply(Told{sync::encode(sync::Health{
        .version = QStringLiteral(RINGBOOK_VERSION),
        .schema = model::schemaNumber,
        .hubTime = m_clock.now(),
    })});
}

void OpenApi::answer(const Ask &, Reply reply)
{
    QFile file(QStringLiteral(":/openapi.yaml"));
    if (!file.open(QIODevice::ReadOnly))
        return reply(sync::problemFrom({Fault::Failed, file.errorString()}));
    reply(Told{.body = file.readAll(), .contentType = "application/yaml"});
}

} // namespace ringbook::hub
