public import ArgumentParser
import Catalogue
import Inputs
public import Logging
package import Reports

extension ReportFormat: ExpressibleByArgument {}
extension FailThreshold: ExpressibleByArgument {}
extension ErrorMode: ExpressibleByArgument {}
extension SkippedDocument.Reason: ExpressibleByArgument {
    package init?(argument: String) { self.init(id: argument) }
    package var defaultValueDescription: String { id }
    package static var allValueStrings: [String] { allCases.map(\.id) }
    package static var allValueDescriptions: [String: String] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0.id, $0.rawValue) })
    }
}
extension Logger.Level: @retroactive ExpressibleByArgument {}
extension KubernetesVersion: ExpressibleByArgument {
    /// Reads `1.31`, `v1.31` or `latest`.
    package init?(argument: String) { self.init(parsing: argument) }
}

extension MissingTypes: ExpressibleByArgument {}
