public import ArgumentParser
import Catalogue
public import Logging
package import Reports

extension ReportFormat: ExpressibleByArgument {}
extension FailThreshold: ExpressibleByArgument {}
extension ErrorMode: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
extension KubernetesVersion: ExpressibleByArgument {
    /// Reads `1.31`, `v1.31` or `latest`.
    package init?(argument: String) { self.init(parsing: argument) }
}

extension MissingTypes: ExpressibleByArgument {}
