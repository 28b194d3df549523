import ArgumentParser
import Catalogue
import Judging

/// What may accept violations beside the configuration.
struct ExceptionOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-inline-exceptions"),
        help: "Count violations that comments or annotations of the manifests accept.")
    var refusesInline = false

    @Flag(
        name: .customLong("foreign-exceptions"),
        help: "Accept what comments and annotations for kube-linter, Checkov, Trivy, Polaris, kube-score and Kubescape say too.")
    var readsForeign = false

    var choice: ExceptionChoice { ExceptionChoice(refusesInline: refusesInline, readsForeign: readsForeign) }
}

/// What `ExceptionOptions` say.
struct ExceptionChoice: Sendable {
    var refusesInline = false
    var readsForeign = false
}

extension PolicySetup {
    /// What is accepted in files.
    /// - Parameters:
    ///   - now: nanoseconds since 1970: the day that exceptions must not be over on.
    ///   - coversAll: whether the run looks at everything the configuration is about.
    ///   - copy: where the files of the run were copied from.
    func exceptions(_ choice: ExceptionChoice, now: Int64, coversAll: Bool, copy: FileCopy? = nil) -> Exceptions {
        var options = exceptionOptions
        if let copy { (options.copiedFrom, options.copiedTo) = (copy.original, copy.folder) }
        let isInline = configuration.inlineExceptions ?? true
        options.readsComments = isInline && !choice.refusesInline
        options.readsAnnotations = options.readsComments
        options.readsForeign =
            choice.readsForeign && configuration.foreignExceptions != false || configuration.foreignExceptions == true
        options.now = now
        options.coversAll = coversAll
        return Exceptions(options)
    }

    /// What is accepted in admission: what the administrator's configuration says, and annotations only where it allows
    /// them; nil when that is nothing.
    var admissionExceptions: Exceptions? {
        var options = exceptionOptions
        options.readsComments = false
        options.readsAnnotations = configuration.admission.annotationExceptions == true
        options.readsForeign = options.readsAnnotations && configuration.foreignExceptions == true
        options.hasFiles = false
        if options.entries.isEmpty, options.floorEntries.isEmpty, !options.readsAnnotations { return nil }
        return Exceptions(options)
    }

    private var exceptionOptions: Exceptions.Options {
        var options = Exceptions.Options()
        options.entries = configuration.exceptions
        options.floorEntries = floor?.exceptions ?? []
        options.unsuppressible = configuration.noExceptions
        options.floor = floor?.required ?? []
        return options
    }
}
