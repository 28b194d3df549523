import HummingbirdTesting
import Testing
import Webhook
