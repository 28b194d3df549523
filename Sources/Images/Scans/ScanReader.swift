import Diagnostics
import Documents
import Inputs
import Text

/// Reads reports of Trivy and Grype, CycloneDX and SPDX bills of materials, and attestations that hold one of them.
package struct ScanReader {
    /// What is wrong with a report.
    package struct Failure: Error {
        package var file: String
        package var reason: String
    }

    /// Ids of vulnerabilities that are known to be used in attacks.
    private let exploited: Set<String>
    /// An attestation may hold an attestation, but not without end.
    private static let depth = 4

    /// - Parameter exploited: ids of the catalogue of known exploited vulnerabilities.
    package init(exploited: Set<String> = []) { self.exploited = exploited }

    /// The ids of a catalogue in the form that CISA publishes (`vulnerabilities`, each with `cveID`), or of a text with an id a
    /// line.
    package static func exploited(in bytes: [UInt8], file: String) throws(Failure) -> Set<String> {
        let text = String(decoding: bytes, as: UTF8.self)
        var ids: Set<String> = []
        if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
            let document = try parsed(bytes, file)
            document.withRoot { root in
                for item in root.field("vulnerabilities").items where item.kind == .object {
                    if let id = item.field("cveID").stringValue { ids.insert(id) }
                }
            }
        } else {
            ids = Set(text.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.hasPrefix("CVE-") })
        }
        if ids.isEmpty { throw Failure(file: file, reason: "it names no vulnerability as CVE-…") }
        return ids
    }

    /// The images of a report; several where it is a list or holds a JSON object a line.
    package func images(in bytes: [UInt8], file: String) throws(Failure) -> [ScannedImage] {
        var images: [ScannedImage] = []
        if let document = try? Self.parsed(bytes, file) {
            images = try withExtendedLifetime(document) { () throws(Failure) in try read(document.root, file, Self.depth) }
        } else {
            let lines = bytes.split(separator: 0x0A).filter { !$0.allSatisfy { $0 <= 0x20 } }
            if lines.count < 2 { _ = try Self.parsed(bytes, file) }
            for line in lines {
                let document = try Self.parsed(Array(line), file)
                images += try withExtendedLifetime(document) { () throws(Failure) in try read(document.root, file, Self.depth) }
            }
        }
        if images.isEmpty { throw Failure(file: file, reason: "it says nothing about an image") }
        return images
    }

    private static func parsed(_ bytes: [UInt8], _ file: String) throws(Failure) -> Document {
        do { return try JSONReader.read(SourceFile(path: file, bytes: bytes)) } catch {
            throw Failure(file: file, reason: "it is no JSON: \(error.message)")
        }
    }

    private func read(_ root: Value, _ file: String, _ depth: Int) throws(Failure) -> [ScannedImage] {
        if depth == 0 { throw Failure(file: file, reason: "attestations stand in each other too deep") }
        if root.kind == .array {
            var images: [ScannedImage] = []
            for item in root.items { images += try read(item, file, depth - 1) }
            return images
        }
        guard root.kind == .object else { throw Failure(file: file, reason: "it holds no report") }
        if root.field("payloadType").isDefined { return try attested(root, file, depth) }
        if root.field("predicateType").isDefined { return try statement(root, file, depth) }
        if root.field("ArtifactName").isDefined || root.field("Results").isDefined { return [try trivy(root, file)] }
        if root.field("matches").isDefined { return [try grype(root, file)] }
        if root.field("bomFormat").stringValue == "CycloneDX" { return [cycloneDX(root, file)] }
        if root.field("spdxVersion").isDefined { return [spdx(root, file)] }
        throw Failure(
            file: file, reason: "it is none of the reports that are known: Trivy, Grype, CycloneDX, SPDX, an in-toto attestation")
    }

    // MARK: Attestations

    /// A DSSE envelope (https://github.com/secure-systems-lab/dsse); its signatures are not checked.
    private func attested(_ root: Value, _ file: String, _ depth: Int) throws(Failure) -> [ScannedImage] {
        guard let text = root.field("payload").stringValue, let bytes = try? Base64.decode(Array(text.utf8)) else {
            throw Failure(file: file, reason: "the payload of its envelope is no Base64")
        }
        let document = try Self.parsed(bytes, file)
        return try withExtendedLifetime(document) { () throws(Failure) in try read(document.root, file, depth - 1) }
    }

    /// An in-toto statement about images (https://github.com/in-toto/attestation): its subjects name them.
    private func statement(_ root: Value, _ file: String, _ depth: Int) throws(Failure) -> [ScannedImage] {
        var predicate = root.field("predicate")
        // cosign's form for vulnerabilities keeps the scanner's own report.
        if predicate.kind == .object, predicate.field("scanner").kind == .object {
            predicate = predicate.field("scanner").field("result")
        }
        if predicate.kind == .object, predicate.field("Data").isDefined { predicate = predicate.field("Data") }
        var images = try read(predicate, file, depth - 1)
        for subject in root.field("subject").items where subject.kind == .object {
            for index in images.indices {
                if let name = subject.field("name").stringValue.flatMap(ImageReference.init(parsing:)) {
                    images[index].references.append(name)
                }
                if subject.field("digest").kind == .object, let digits = subject.field("digest").field("sha256").stringValue {
                    images[index].digests.insert("sha256:" + digits)
                }
            }
        }
        return images
    }

    // MARK: Reports

    private func vulnerability(
        _ id: Value, _ severity: Value, _ package: Value, _ installed: Value, fixed: String, isExploited: Bool = false
    ) -> Vulnerability? {
        guard let id = id.stringValue, !id.isEmpty else { return nil }
        return Vulnerability(
            id: id, severity: .init(word: severity.stringValue), package: package.stringValue ?? "",
            installed: installed.stringValue ?? "", fixed: fixed, isExploited: isExploited || exploited.contains(id))
    }

    /// `trivy image --format json`.
    private func trivy(_ root: Value, _ file: String) throws(Failure) -> ScannedImage {
        let metadata = root.field("Metadata").kind == .object ? root.field("Metadata") : .undefined
        var names = [root.field("ArtifactName").stringValue].compactMap(\.self)
        var digests: Set<String> = []
        if metadata.isDefined {
            names += metadata.field("RepoTags").strings + metadata.field("RepoDigests").strings
        }
        let references = names.compactMap(ImageReference.init(parsing:))
        digests.formUnion(references.compactMap(\.digest))
        var found: [Vulnerability] = []
        for result in try Self.entries(root.field("Results"), "Results", file) {
            for item in try Self.entries(result.field("Vulnerabilities"), "Vulnerabilities", file) {
                let fixed = item.field("FixedVersion").stringValue ?? ""
                if let one = vulnerability(
                    item.field("VulnerabilityID"), item.field("Severity"), item.field("PkgName"), item.field("InstalledVersion"),
                    fixed: fixed)
                {
                    found.append(one)
                } else {
                    throw Failure(file: file, reason: "a vulnerability has no id")
                }
            }
        }
        return ScannedImage(
            file: file, format: "Trivy", references: references, digests: digests, vulnerabilities: Self.each(found),
            isScanned: true)
    }

    /// `grype --output json`.
    private func grype(_ root: Value, _ file: String) throws(Failure) -> ScannedImage {
        let target = root.at("source", "target")
        var names: [String] = []
        var digests: Set<String> = []
        if target.kind == .object {
            names = [target.field("userInput").stringValue].compactMap(\.self) + target.field("tags").strings
            names += target.field("repoDigests").strings
            if let digest = target.field("manifestDigest").stringValue { digests.insert(digest) }
        }
        let references = names.compactMap(ImageReference.init(parsing:))
        digests.formUnion(references.compactMap(\.digest))
        var found: [Vulnerability] = []
        for match in try Self.entries(root.field("matches"), "matches", file) {
            let item = match.field("vulnerability"), artifact = match.field("artifact")
            guard item.kind == .object, artifact.kind == .object else {
                throw Failure(file: file, reason: "a match has no vulnerability or no artifact")
            }
            let fixed = item.at("fix", "versions").strings.joined(separator: ", ")
            if let one = vulnerability(
                item.field("id"), item.field("severity"), artifact.field("name"), artifact.field("version"), fixed: fixed,
                isExploited: item.field("knownExploited").kind == .array && item.field("knownExploited").count > 0)
            {
                found.append(one)
            } else {
                throw Failure(file: file, reason: "a vulnerability has no id")
            }
        }
        return ScannedImage(
            file: file, format: "Grype", references: references, digests: digests, vulnerabilities: Self.each(found),
            isScanned: true)
    }

    /// CycloneDX 1.4 and later: `vulnerabilities` where a scanner wrote some.
    private func cycloneDX(_ root: Value, _ file: String) -> ScannedImage {
        let component = root.at("metadata", "component")
        var references: [ImageReference] = []
        var digests: Set<String> = []
        if component.kind == .object {
            let name = component.field("name").stringValue ?? "", version = component.field("version").stringValue ?? ""
            let texts = version.isEmpty ? [name] : [name, name + (version.hasPrefix("sha256:") ? "@" : ":") + version]
            references = texts.compactMap(ImageReference.init(parsing:)).filter { texts.count == 1 || $0.text != name }
            if version.hasPrefix("sha256:") { digests.insert(version) }
            if let purl = component.field("purl").stringValue, let at = purl.firstIndex(of: "@") {
                let rest = purl[purl.index(after: at)...].prefix { $0 != "?" }.replacing("%3A", with: ":")
                if rest.hasPrefix("sha256:") { digests.insert(String(rest)) }
            }
        }
        var names: [String: Value] = [:]
        for item in root.field("components").items where item.kind == .object {
            if let reference = item.field("bom-ref").stringValue { names[reference] = item }
        }
        var found: [Vulnerability] = []
        for item in root.field("vulnerabilities").items where item.kind == .object {
            let ratings = item.field("ratings").items.filter { $0.kind == .object }
            let severity = ratings.map { $0.field("severity") }.max {
                Vulnerability.Severity(word: $0.stringValue) < Vulnerability.Severity(word: $1.stringValue)
            }
            let affected = item.field("affects").items.first { $0.kind == .object }?.field("ref").stringValue
            let package = affected.flatMap { names[$0] }
            if let one = vulnerability(
                item.field("id"), severity ?? .undefined, package?.field("name") ?? .undefined,
                package?.field("version") ?? .undefined, fixed: "")
            {
                found.append(one)
            }
        }
        return ScannedImage(
            file: file, format: "CycloneDX", references: references, digests: digests, vulnerabilities: Self.each(found),
            isScanned: root.field("vulnerabilities").isDefined, packages: root.field("components").items.count)
    }

    private func spdx(_ root: Value, _ file: String) -> ScannedImage {
        let name = root.field("name").stringValue.flatMap(ImageReference.init(parsing:))
        return ScannedImage(
            file: file, format: "SPDX", references: [name].compactMap(\.self), digests: Set([name?.digest].compactMap(\.self)),
            vulnerabilities: [], isScanned: false, packages: root.field("packages").items.count)
    }

    /// The objects of a list, which scanners may leave out or write as null; anything else is no report.
    private static func entries(_ value: Value, _ name: String, _ file: String) throws(Failure) -> [Value] {
        if value.isUndefined || value.kind == .null { return [] }
        guard value.kind == .array, value.elements.allSatisfy({ $0.kind == .object }) else {
            throw Failure(file: file, reason: "\(name) is no list of objects")
        }
        return Array(value.elements)
    }

    /// Scanners name a vulnerability once for each place of a package.
    private static func each(_ found: [Vulnerability]) -> [Vulnerability] {
        var seen: Set<Vulnerability> = []
        return found.filter { seen.insert($0).inserted }.sorted { left, right in
            if left.isExploited != right.isExploited { return left.isExploited }
            if left.severity != right.severity { return left.severity > right.severity }
            return (left.id, left.package, left.installed) < (right.id, right.package, right.installed)
        }
    }
}

extension Value {
    /// The elements of an array; none of anything else.
    fileprivate var items: [Value] { kind == .array ? Array(elements) : [] }

    fileprivate func at(_ names: String...) -> Value {
        names.reduce(self) { $0.kind == .object ? $0.field(named: $1) : .undefined }
    }
}
