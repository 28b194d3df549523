import Catalogue
import Diagnostics
import Documents
import Inputs
import Text

/// How results become violations.
extension Judge {
    /// - Parameter known: where it is, when that is known already.
    func violation(
        _ result: PolicyResult, _ slot: Int, at known: DocumentPath?, _ origins: [Value: [DocumentPath]], _ sitting: Sitting
    ) -> Violation {
        let subject = sitting.subject, resource = subject.resource, screen = sitting.screen
        let (path, location) = place(of: result, at: known, origins: origins, in: resource)
        let remark = sitting.view?.remark ?? ""
        let isPlain = subject.remark.isEmpty && remark.isEmpty
        var violation = Violation(
            slot: slot, message: isPlain ? result.message : subject.remark + result.message + remark,
            resource: resource.reference, path: path, location: location, screen: screen,
            origin: resource.document.origin, details: result.details, severity: result.severity ?? subject.severity,
            stablePath: StablePath.text(of: path, in: resource.document))
        violation.plainMessage =
            isPlain ? violation.message : screen.screened(result.message.shortened(to: Violation.longestMessage))
        if case .path = result.place { violation.statesPlace = true }
        violation.changes = result.changes
        shared.share(&violation)
        return violation
    }

    /// Adds a violation, or what is left of it when parts are accepted.
    /// - Parameter count: how many results before it count.
    /// - Returns: whether it counts.
    func add(
        _ violation: Violation, _ result: PolicyResult, _ sitting: Sitting, after count: Int, _ results: inout CheckResults
    ) -> Bool {
        var isOpen = false
        for var violation in settled(violation, result, sitting.subject.resource, sitting.screen) {
            if violation.suppression == nil {
                isOpen = true
                if count >= violationLimit {
                    results.omit(violation.slot, result.severity)
                    continue
                }
            }
            if violation.isPartial { shared.share(&violation) }
            results.violations.append(violation)
        }
        return isOpen
    }

    func place(
        of result: PolicyResult, at known: DocumentPath? = nil, origins: [Value: [DocumentPath]], in resource: Resource
    ) -> (DocumentPath, SourcePlace) {
        let finder = PlaceFinder(resource: resource)
        if let known { return (known, finder.location(of: known)) }
        switch result.place {
        case .path(let path):
            if let secret = result.secret { return (path, finder.location(of: path, secret: secret)) }
            return (path, finder.location(of: path))
        case .origin(let element):
            let path = origins[element]?.first ?? DocumentPath()
            return (path, finder.location(of: path))
        case .line(let line, let file):
            var location = finder.location(ofLine: line)
            if let file, file != location.file {
                let start = Position(line: max(1, line), column: 1)
                location = SourcePlace(file: file, start: start, end: start)
            }
            return (DocumentPath(), location)
        }
    }
}
