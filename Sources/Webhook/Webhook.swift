import AsyncHTTPClient
import Hummingbird
import HummingbirdTLS
import Logging
import Metrics
import ServiceLifecycle
import X509
