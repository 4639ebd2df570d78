// Les phrases des raisons et des échéances ; Template.swift explique les accolades.
extension French {
  func text(_ key: MessageKey) -> String {
    switch key {
    // How recently it was used
    case .usedLastDay: "Utilisé le dernier jour connu"
    case .usedLastDayUsualGap:
      "Utilisé le dernier jour connu ; intervalle habituel : {usualGapDays:days}"
    case .usedWithin: "Utilisé au cours des {days:days} connus les plus récents"
    case .silent: "Aucune utilisation depuis {days:days}"
    case .silentUsualGap:
      "Aucune utilisation depuis {days:days} ; intervalle habituel : {usualGapDays:days}"
    case .silentLongerThanNearlyAll:
      "Aucune utilisation depuis {days:days}, plus long que presque toutes ses pauses précédentes"
    case .silentLongerThanMost:
      "Aucune utilisation depuis {days:days}, plus long que la plupart de ses pauses précédentes"
    case .silentTimesUsual: "Sans utilisation depuis {times} fois plus longtemps que d’habitude"
    case .notSilentLonger: "Pas d’interruption plus longue que d’habitude"
    case .noUsageKnown: "Aucune utilisation connue"
    case .neverUsed: "Jamais utilisé"
    case .neverUsedSinceStart: "Jamais utilisé depuis son début ({days:ago})"
    case .hasBeenUsed: "Déjà utilisé"
    case .noUsageImported: "L’historique ne contient aucune utilisation"
    case .usuallyDaily: "Habituellement utilisé tous les jours"
    case .usuallyEvery: "Intervalle habituel entre deux utilisations : {days:days}"
    case .rhythmUnknown: "Trop peu d’utilisation pour en connaître le rythme"
    case .neverPaused: "Jamais interrompu jusqu’ici"
    case .longestGap: "Plus longue pause jusqu’ici : {days:days}"
    case .gapsAsLong:
      "{share:percent} de ses pauses passées ont été au moins aussi longues que l’actuelle"
    case .usedEveryOnAverage: "Intervalle moyen entre deux utilisations : {days:days}"
    case .usedDaysInAll: "Utilisé {days:days} au total"
    case .usedWeeksInAll: "Utilisé pendant {count|# semaine|# semaines} au total"
    case .chanceOfSilence:
      "À son rythme moyen, 28 jours sans utilisation ont une probabilité de {share:percent}"
    case .usedShareOfDays: "Utilisé {share:percent} des jours depuis la première utilisation"
    case .firstUsed: "Première utilisation : {days:ago}"
    case .inUseThroughout: "Utilisé depuis les premiers jours dont l’utilisation est connue"
    case .firstUsedAfterShare: "Première utilisation après {share:percent} de la période connue"
    case .firstUseUnknown: "Délai avant la première utilisation inconnu"
    case .firstUsedBeforeStart: "Première utilisation avant son début"
    case .firstUsedAfterStart: "Première utilisation {days:days} après son début"
    // How much it is used, and whether that changes
    case .usedDaysOfWindow: "Utilisé {count|# jour|# jours} sur les {windowDays} derniers"
    case .usedDaysAgainstBefore:
      "Utilisé {count|# jour|# jours} sur les {windowDays} derniers, contre {countBefore} sur les {windowDays} précédents"
    case .windowUnknown: "Utilisation des {windowDays} derniers jours inconnue"
    case .windowUnknownInFull: "Utilisation des {windowDays} derniers jours en partie inconnue"
    case .noUsageInWindow: "Aucune utilisation au cours des {windowDays} derniers jours"
    case .quantityTiny:
      "Moins de 0,1 ligne d’utilisation type par jour sur les {windowDays} derniers jours"
    case .quantity:
      "{lines|# ligne d’utilisation type|# lignes d’utilisation type} par jour sur les {windowDays} derniers jours"
    case .usageFell:
      "Utilisation en baisse de {share:percent} sur les {windowDays} derniers jours par rapport aux {windowDays} précédents"
    case .usageRose:
      "Utilisation en hausse de {share:percent} sur les {windowDays} derniers jours par rapport aux {windowDays} précédents"
    case .usageMultiplied:
      "Utilisation des {windowDays} derniers jours : {times} fois celle des {windowDays} précédents"
    case .usageStopped:
      "Aucune utilisation sur les {windowDays} derniers jours, contrairement aux {windowDays} précédents"
    case .usageBegan:
      "Utilisation sur les {windowDays} derniers jours, aucune sur les {windowDays} précédents"
    case .usageSteady:
      "Utilisation des {windowDays} derniers jours à peu près égale à celle des {windowDays} précédents"
    case .metersUsed:
      "{count|=0 Aucun compteur utilisé|# compteur utilisé|# compteurs utilisés} au cours des {windowDays} derniers jours"
    case .weekendShare: "{share:percent} des jours d’utilisation sont des samedis ou des dimanches"
    case .weeklyVariation:
      "Son utilisation hebdomadaire varie de {share:percent} autour de sa moyenne"
    case .weeklyVariationUnknown:
      "Trop peu de semaines d’utilisation pour en connaître la variation"
    case .lastWeekShare:
      "Utilisation de la dernière semaine : {share:percent} d’une semaine habituelle"
    case .usualWeekUnknown:
      "Trop peu de semaines d’utilisation pour connaître une semaine habituelle"
    case .lastWeekAgainstPartner:
      "Utilisation de la dernière semaine : {share:percent} d’une semaine habituelle, hors évolution générale"
    case .lastWeekNotComparable:
      "Trop peu d’utilisation pour comparer la dernière semaine à l’évolution générale"
    case .lastUseLevel:
      "Lors de sa dernière utilisation, un service a atteint {share:percent} de son niveau habituel"
    case .lastUseLevelUnknown:
      "Aucun service n’a été utilisé assez souvent pour comparer ses derniers jours d’utilisation"
    case .regularServices:
      "{count|=0 Aucun service utilisé|# service utilisé|# services utilisés} plusieurs jours au cours des 91 derniers"
    case .allKindsStillUsed: "Utilise toujours chaque type de service utilisé auparavant"
    case .kindsLost:
      "{count|# type de service utilisé|# types de services utilisés} auparavant, mais pas au cours des 28 derniers jours"
    case .onlyStorageLeft: "De ce qui était utilisé, il ne reste que le stockage"
    case .moreThanStorage: "Utilise autre chose que du stockage résiduel"
    case .devTestShare:
      "{share:percent} de ses lignes d’utilisation concernent le développement et les tests"
    case .regions: "Utilisé dans {count|# région|# régions}"
    case .regionsUnknown: "Régions inconnues"
    case .costTrend:
      "Coût des {windowDays} derniers jours : {share:percent} de celui des {windowDays} précédents"
    case .costsUnknown: "Coûts des {windowDays} derniers jours en partie inconnus"
    case .alikeUseSameServices: "Utilise chaque service courant parmi les abonnements comparables"
    case .alikeServicesMissed:
      "N’a pas utilisé, au cours des {windowDays} derniers jours, {count|# service courant|# services courants} parmi les abonnements comparables"
    case .alikeServicesNeverUsed:
      "N’a jamais utilisé {count|# service courant|# services courants} parmi les abonnements comparables"
    case .alikeServicesLeftOut:
      "A laissé de côté tant de ce qu’utilisent les abonnements comparables, au cours des {windowDays} derniers jours, que le hasard l’explique dans {share:percent} des cas"
    case .alikeTooFewToCompare: "Trop peu d’abonnements comparables pour comparer l’utilisation"
    case .alikeUsedAsOften:
      "Utilisé aussi souvent que les abonnements comparables au cours des {windowDays} derniers jours"
    case .alikeUsedFewerDays:
      "Au cours des {windowDays} derniers jours, utilisé {days:days} de moins que les abonnements comparables"
    case .alikeUsedMoreDays:
      "Au cours des {windowDays} derniers jours, utilisé {days:days} de plus que les abonnements comparables"
    case .alikeLevel: "Utilise {share:percent} de ce qu’utilisent les abonnements comparables"
    case .alikeLevelUnknown:
      "N’a rien utilisé en {windowDays} jours qui soit comparable à d’autres abonnements"
    case .alikeUsedLessInAll: "A utilisé moins au total que les abonnements comparables"
    case .alikeUsedAsMuchInAll:
      "A utilisé à peu près autant au total que les abonnements comparables"
    case .alikeUsedMoreInAll: "A utilisé plus au total que les abonnements comparables"
    // Age, renewal and commitment
    case .startsIn: "Commence dans {days:days}"
    case .started: "Début : {days:ago}"
    case .startUnknown: "Date de début inconnue"
    case .autoRenewOn: "Renouvellement automatique activé"
    case .autoRenewOff: "Renouvellement automatique désactivé"
    case .autoRenewOffUnlikePartner:
      "Renouvellement automatique désactivé ; {partnerShare:percent} des abonnements de ce partenaire se renouvellent automatiquement"
    case .autoRenewOnUnlikePartner:
      "Renouvellement automatique activé, contrairement à {share:percent} des autres abonnements de ce partenaire"
    case .autoRenewOnLikePartner:
      "Renouvellement automatique activé, comme pour tous les autres abonnements de ce partenaire"
    case .autoRenewOffLikePartner:
      "Renouvellement automatique désactivé, comme pour tous les autres abonnements de ce partenaire"
    case .autoRenewUnknown: "Renouvellement automatique inconnu"
    case .autoRenewNotComparable:
      "Renouvellement automatique inconnu pour lui ou pour trop d’autres"
    case .switchedOff: "Renouvellement automatique désactivé {days:ago}"
    case .switchedOffUnlikePartner:
      "Renouvellement automatique désactivé {days:ago} ; {partnerShare:percent} des abonnements de ce partenaire se renouvellent automatiquement"
    case .notSwitchedOff: "Renouvellement automatique jamais désactivé pour cet abonnement seul"
    case .switchNotSeen: "Aucune désactivation connue de son seul renouvellement automatique"
    case .commitmentEnded: "L’engagement a pris fin {days:ago}"
    case .commitmentEndsToday: "L’engagement prend fin aujourd’hui"
    case .commitmentEndsIn: "L’engagement prend fin dans {days:days}"
    case .noCommitment: "Aucun engagement à échéance"
    case .lastRenewed: "Dernier renouvellement : {days:ago}"
    case .notRenewed: "Pas encore renouvelé"
    case .neverSuspended: "Jamais suspendu"
    case .suspendedBefore: "Déjà suspendu {count|# fois|# fois}"
    case .suspensionsUnknown: "Suspensions passées inconnues"
    case .planChanged: "Produit ou cycle de facturation modifié {days:ago}"
    case .planUnchanged: "Aucun changement connu du produit ni du cycle de facturation"
    case .noReservation: "Aucune réservation utilisée"
    case .reservedShare: "Une réservation couvre {share:percent} de ses lignes d’utilisation"
    case .reservationEndsToday: "La réservation du client prend fin aujourd’hui"
    case .reservationEndsIn: "La première réservation du client prend fin dans {days:days}"
    case .noReservationEnd: "Aucune réservation à échéance"
    case .transferred: "Transféré {days:ago}"
    case .noTransfer: "Aucun transfert connu"
    // Trial
    case .trialRunning: "Version d’évaluation en cours"
    case .noTrial: "Aucune version d’évaluation en cours"
    case .trialEndsToday: "La version d’évaluation prend fin aujourd’hui"
    case .trialEndsIn: "La version d’évaluation prend fin dans {days:days}"
    case .trialBecamePaid: "Version d’évaluation convertie en abonnement payant"
    case .notFromTrial: "N’est pas issu d’une version d’évaluation"
    case .paidBeforeTrial: "Devenu payant avant le début de l’évaluation"
    case .paidAfterTrialStart: "Devenu payant {days:days} après le début de l’évaluation"
    case .notPaidAfterTrial: "Pas devenu payant après une évaluation"
    // Licences
    case .noLicences: "Aucune licence"
    case .licences: "{count|# licence|# licences}"
    case .licencesUnknown: "Licences inconnues"
    case .seatsChanged: "Nombre de licences modifié {days:ago}"
    case .seatsUnchanged: "Aucun changement connu du nombre de licences"
    case .seatsReduced: "Le dernier changement du nombre de licences était une baisse"
    case .seatsIncreased: "Le dernier changement du nombre de licences était une hausse"
    case .seatsReducedFrom: "Nombre de licences réduit en dernier lieu de {countBefore} à {count}"
    case .seatsIncreasedFrom:
      "Nombre de licences augmenté en dernier lieu de {countBefore} à {count}"
    // The customer's other subscriptions
    case .onlyAzureSubscription: "Seul abonnement Azure actif du client"
    case .otherAzureSubscriptions:
      "Le client a {count|# autre abonnement Azure actif|# autres abonnements Azure actifs}"
    case .otherAzureUnknown: "Autres abonnements Azure du client inconnus"
    case .noOtherProducts: "Le client n’a aucun abonnement actif à d’autres produits"
    case .otherProducts:
      "Le client a {count|# abonnement actif|# abonnements actifs} à d’autres produits"
    case .otherProductsUnknown: "Autres produits du client inconnus"
    case .siblingClosed: "Le client a résilié un autre abonnement Azure {days:ago}"
    case .noSiblingClosed: "Le client n’a résilié aucun autre abonnement Azure"
    case .siblingsClosedUnknown: "Résiliations passées du client inconnues"
    case .noSiblingClosedInWindow:
      "Le client n’a résilié aucun autre abonnement Azure au cours des {windowDays} derniers jours"
    case .siblingsClosedInWindow:
      "Le client a résilié {count|# autre abonnement Azure|# autres abonnements Azure} au cours des {windowDays} derniers jours"
    case .siblingsClosedShare:
      "Le client a résilié {share:percent} de ses autres abonnements Azure au cours des 91 derniers jours"
    case .noOtherAzure: "Le client n’a aucun autre abonnement Azure"
    case .usesNoOther: "Le client n’utilise aucun autre abonnement Azure"
    case .otherUsedLastDay: "Le client a utilisé un autre abonnement Azure le dernier jour connu"
    case .othersSilent: "Le client n’utilise aucun autre abonnement Azure depuis {days:days}"
    case .customerReferrals:
      "{count|=0 Aucune référence|# référence|# références} du client au cours des 365 derniers jours"
    case .customerReferralsUnknown: "Références du client inconnues"
    // Product, market, reseller and comparable subscriptions
    case .alikeLost:
      "{share:percent} des abonnements comparables ont été perdus au cours des {windowDays} derniers jours"
    case .alikeLostUnknown: "Trop peu d’abonnements comparables pour dire combien ont été perdus"
    case .resellerLost:
      "{share:percent} des autres abonnements du revendeur ont été perdus au cours des 91 derniers jours"
    case .resellerLostUnknown: "Nombre d’abonnements perdus par son revendeur inconnu"
    case .marketLost:
      "{share:percent} des autres abonnements du marché du client ont été perdus au cours des 91 derniers jours"
    case .marketLostUnknown: "Nombre d’abonnements perdus sur le marché du client inconnu"
    case .resellerSuspended: "Dernière suspension d’un abonnement de son revendeur : {days:ago}"
    case .noResellerSuspended: "Aucun abonnement suspendu connu chez son revendeur"
    case .resellerDeprovisioned:
      "Dernier déprovisionnement d’un abonnement de son revendeur : {days:ago}"
    case .noResellerDeprovisioned: "Aucun abonnement déprovisionné connu chez son revendeur"
    case .resellerFirstLoss: "Premier abonnement perdu par son revendeur : {days:ago}"
    case .noResellerLoss: "Aucun abonnement perdu connu chez son revendeur"
    case .marketReferrals:
      "{count|=0 Aucune référence|# référence|# références} du marché du client au cours des 91 derniers jours"
    case .marketReferralsUnknown: "Références du marché du client inconnues"
    case .marketSearches:
      "Le partenaire est apparu dans {count|=0 aucune recherche|# recherche|# recherches} du marché du client au cours des 91 derniers jours"
    case .marketSearchesUnknown: "Recherches du marché du client inconnues"
    case .market: "Marché : {level:text}"
    case .marketUnknown: "Marché : inconnu"
    case .product: "Produit : {level:text}"
    case .productUnknown: "Produit : inconnu"
    case .billingCycle: "Cycle de facturation : {level:text}"
    case .billingCycleUnknown: "Cycle de facturation : inconnu"
    case .soldByReseller: "Vendu par ce revendeur"
    case .resellerUnknown: "Revendeur inconnu"
    // Features without words of their own
    case .otherValue: "{feature:text} vaut {value}"
    case .otherUnknown: "{feature:text} : inconnu"
    case .otherLevel: "{feature:text} : {level:text}"
    // Deadlines
    case .deadlineTrialEnds:
      "La version d’évaluation prend fin le {date:date} ({days:left}) sans conversion en abonnement payant"
    case .deadlineCommitmentEnds:
      "L’engagement prend fin le {date:date} ({days:left}) et le renouvellement automatique est désactivé"
    case .deadlineReservationEnds:
      "Une réservation du client prend fin le {date:date} ({days:left})"
    case .deadlineUnusedNotice:
      "Sans utilisation, Microsoft annoncera le blocage au plus tard le {date:date} ({days:left})"
    case .deadlineUnusedBlock:
      "Sans utilisation, Microsoft le bloquera au plus tard le {date:date} ({days:left})"
    case .deadlineUnusedDelete:
      "Sans utilisation, Microsoft le supprimera au plus tard le {date:date} ({days:left})"
    case .deadlineDeletionAfterCancel:
      "S’il a été annulé, suppression avec ses données au plus tard le {date:date} ({days:left})"
    // What a reader of a list must know
    case .remarkUsageStale:
      "L’utilisation de la source « {text:text} » s’arrête le {date:date}, {days:days} avant le jour de cette liste. Les interruptions sont comptées jusqu’à cette date : ce retard ne signale personne. Importez une utilisation plus récente."
    case .remarkNoUsage:
      "L’historique ne contient aucune ligne d’utilisation : les scores reposent sur les seuls champs des abonnements. Importez l’export d’utilisation Azure."
    case .remarkExportIncomplete:
      "L’export du {date:date} est incomplet : il y manque {share:percent} des abonnements attendus. Aucun n’est considéré comme disparu. Téléchargez-le de nouveau."
    case .remarkExportLacksPages:
      "Il manque des pages à l’export du {date:date}. Aucun abonnement n’est considéré comme disparu. Téléchargez les autres pages."
    case .remarkSourceMissing:
      "La source « {text:text} » a été exportée pour la dernière fois le {date:date}, {days:days} avant le jour de cette liste. Ses abonnements sont évalués d’après ce qui était connu alors."
    case .remarkIdMismatch:
      "Seulement {count} des {rows} abonnements utilisés figurent comme abonnements Azure dans les exports d’abonnements ; les identifiants ou les locataires sont peut-être différents."
    case .remarkModelFromLater:
      "Le modèle a été entraîné le {date:date} et connaît ce qui s’est passé après le jour de cette liste : elle paraît meilleure qu’elle ne l’aurait été."
    case .remarkTooLittleHistory:
      "Aucun modèle n’a été ajusté, faute de données suffisantes. La liste est ordonnée par le score de règles, transparent, qui n’est pas une probabilité."
    case .remarkSurvivorBias:
      "{count} des {rows} lignes d’entraînement précèdent le premier export et ne reposent que sur des faits datés. Les abonnements déjà sortis des exports n’y figurent pas : l’attrition est probablement sous-estimée. Continuez à importer chaque semaine."
    case .remarkBaseRateOfAllRows:
      "Sur les 365 derniers jours dont l’issue est connue, personne n’est parti, ou tout le monde. Les niveaux de risque sont fixés d’après le taux de toutes les lignes d’entraînement, {share:percent}."
    case .remarkNoRanking:
      "Le modèle ne peut pas classer : sur des jours qu’il n’avait pas vus, aucun ajustement n’a été nettement meilleur que le taux de base ; tous les abonnements ont donc la même probabilité."
    case .remarkNoProvenSkill:
      "Note C : il n’est pas prouvé que le modèle fasse mieux que le taux de base et les jours depuis la dernière utilisation. La liste est ordonnée par le score de règles, transparent, puis par les échéances les plus proches ; les probabilités figurent à côté."
    case .remarkLinearOnly:
      "Les arbres boostés n’ont pas été essayés. Le modèle linéaire est seul."
    case .remarkNotConverged:
      "L’ajustement final n’est pas arrivé à son terme ; ses coefficients ne sont pas exacts."
    case .remarkCalibrationOff:
      "Sur 100 pertes attendues par la liste du {date:date} parmi les clients que personne n’a contactés, {count} se sont produites : ses probabilités ne sont plus justes."
    case .remarkScoreDrift:
      "Les scores des clients diffèrent de ceux du {date:date} : l’indice de stabilité est de {value:hundredths}, alors que le hasard donne au plus {critical:hundredths}. Quelque chose a changé dans l’activité ou dans les exports."
    case .remarkFeatureDrift:
      "{count|# caractéristique a changé|# caractéristiques ont changé} depuis le {date:date}, surtout {text:text}."
    case .remarkOrderWithoutValues:
      "Les listes devaient être triées par perte attendue, mais aucune de leurs lignes n’en a, faute de probabilité ou de valeur : elles suivent l’ordre des scores."
    case .remarkSeveralUnits:
      "Les pertes attendues des listes sont dans des unités différentes, qui ne se comparent pas : {text:text}. Le plus grand groupe de chaque liste vient en premier. Des taux de change ramènent les devises à une seule."
    case .remarkUnratedUnits:
      "Parmi les lignes des listes, {count} sont triées par perte attendue en argent ; viennent ensuite celles sans taux de change : {text:text}."
    case .remarkProfitWithoutMoney:
      "On ne peut pas dire ce que les contacts rapporteraient : aucun des {rows} abonnements évalués n’a de coût dans une devise de {text:text}. Les valeurs en usage ou en licences ne sont pas de l’argent."
    case .remarkProfitByPoints:
      "On ne peut pas dire ce que les contacts rapporteraient : la liste est triée par points, qui ne sont pas des probabilités."
    case .remarkHoldOutEmpty:
      "Le groupe témoin ne laisse personne de côté : il n’y a aucun client dont tous les abonnements coûtent de façon certaine au plus {text:text} par an. Sa limite est une somme dans une seule devise : indiquez-la, ou donnez des taux de change si les coûts sont en plusieurs devises."
    case .remarkOwnersConflict:
      "Le fichier des responsables attribue {text:text} à deux responsables de compte à partir du même jour{count|=0 | (et # autre cas)| (et # autres cas)} : la dernière ligne l’emporte. Corrigez ce fichier, ou donnez à la ligne la plus récente une date dans « from »."
    case .remarkOwnersUnmatched:
      "{count} des {rows} lignes du fichier des responsables ne concernent personne dans ces scores ; la première nomme {text:text}."
    case .remarkContactsUnmatched:
      "{count} des {rows} contacts portent sur des abonnements absents de ces scores ; le premier est du {date:date}, à propos de {text:text}."
    case .remarkContactsLater:
      "{count} des {rows} contacts sont postérieurs à ces scores et ne comptent pas encore ; le premier est du {date:date}, à propos de {text:text}."
    case .remarkSnoozeWithoutEnd:
      "{count} des {rows} contacts sont des reports sans date dans « until » et valent deux semaines, comme les appels ; le premier est du {date:date}, à propos de {text:text}."
    }
  }
}
