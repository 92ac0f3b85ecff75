"""Every endpoint of contract §4 and §5: its name in the log, what it does, its verb and its path."""

from .auth import auth_get, auth_update
from .channels import channel_detail_list, list_detail, management_list, user_channels
from .custom_user import add_custom_user, get_custom_user
from .donate import donate_get, set_donate, update_cash, update_good
from .oauth_custom import oauth_custom
from .record_callback import callback_get, callback_update, set_record_callback
from .registry import Endpoint, Registry
from .users import get_info
from .weixin_share import get_weixin_share_api, set_weixin_share_api

_READS = (
    # Behind the five writes (contract §4)
    Endpoint(
        "get-weixin-share-api", "read", "GET POST", "v3/user/get-weixin-share-api", get_weixin_share_api
    ),
    Endpoint("auth-get", "read", "GET POST", "v3/channel/auth/get", auth_get),
    Endpoint("list-detail", "read", "POST", "v3/channel/management/list-detail", list_detail),
    Endpoint("donate-get", "read", "GET", "v3/channel/donate/get", donate_get),
    Endpoint("get-custom-user", "read", "GET", "v2/app/get-custom-user", get_custom_user),
    Endpoint("callback-get", "read", "GET", "v4/user/global-setting/callback/get", callback_get),
    Endpoint("get-info", "read", "GET", "v3/user/get-info", get_info),
    # An account's channels (contract §5)
    Endpoint("channels", "read", "GET", "v3/user/channels", user_channels),
    Endpoint("management-list", "read", "GET", "v3/channel/management/list", management_list),
    Endpoint("channel-detail-list", "read", "GET", "v4/channel/detail/list", channel_detail_list),
)

_WRITES = (
    # The five (contract §4)
    Endpoint("set-weixin-share-api", "write", "POST", "v3/user/set-weixin-share-api", set_weixin_share_api),
    Endpoint("oauth-custom", "write", "POST", "v2/channelSetting/{}/oauth-custom", oauth_custom),
    Endpoint("setDonate", "write", "POST", "v2/channelSetting/{}/setDonate", set_donate),
    Endpoint("add-custom-user", "write", "POST", "v2/app/add-custom-user", add_custom_user),
    Endpoint("set-record-callback", "write", "POST", "v2/user/{}/set-record-callback", set_record_callback),
    # The newer ones (contract §5)
    Endpoint("auth-update", "write", "POST", "v3/channel/auth/update", auth_update),
    Endpoint("update-cash", "write", "POST", "v3/channel/donate/update-cash", update_cash),
    Endpoint("update-good", "write", "POST", "v3/channel/donate/update-good", update_good),
    Endpoint("callback-update", "write", "POST", "v4/user/global-setting/callback/update", callback_update),
)

REGISTRY = Registry(_READS + _WRITES)
