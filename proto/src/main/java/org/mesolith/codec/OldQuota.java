package org.mesolith.codec;

import java.util.ArrayList;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.model.Quota;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.proto.gen.v1.master.Call;
import org.mesolith.proto.gen.v1.quota.QuotaStatus;

/** Quota in the form that old clients speak: guarantees only, as resources. */
@SuppressWarnings("deprecation") // What is deprecated in the interface is still spoken here, and nowhere else.
final class OldQuota {
    private OldQuota() {}

    static OperatorCall set(Call from, ShapeErrors errors) {
        var at = Path.ROOT.field("set_quota");
        if (!from.hasSetQuota()) {
            errors.addMissing(at);
        }
        var request = from.getSetQuota().getQuotaRequest();
        if (!request.hasRole()) {
            errors.addMissing(at.field("quota_request").field("role"));
        }
        var guarantee = ResourceCodec.decode(
                request.getGuaranteeList(), at.field("quota_request").field("guarantee"), errors);
        return new OperatorCall.SetQuota(request.getRole(), guarantee, request.getForce());
    }

    static OperatorCall remove(Call from, ShapeErrors errors) {
        if (!from.hasRemoveQuota()) {
            errors.addMissing(Path.ROOT.field("remove_quota"));
        }
        return new OperatorCall.RemoveQuota(from.getRemoveQuota().getRole());
    }

    static void show(QuotaStatus.Builder to, Quota quota) {
        var guarantee = new ArrayList<Resource>();
        quota.guarantees().forEach((name, milli) -> guarantee.add(Resource.scalar(name, milli)));
        to.addInfosBuilder()
                .setRole(quota.role())
                .addAllGuarantee(ResourceCodec.encode(Resources.of(guarantee), ResourceForm.SHOWN));
    }
}
