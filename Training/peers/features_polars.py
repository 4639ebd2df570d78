#!/usr/bin/env python3
"""All features of weekly landmarks with Polars, written from what the features mean.

Usage: python features_polars.py prepare FOLDER PREPARED
       python features_polars.py run PREPARED THREADS RECIPE-HORIZON FIRST LAST EVERY LAG [PANEL]
       python features_polars.py compare PREPARED THREADS RECIPE-HORIZON FIRST LAST EVERY LAG PANEL.csv

`prepare` is what the import is for churn-risk, and is not timed: it reads the partner's exports (CSV and
JSON Lines) into Parquet with numbers for ids and texts, usage sorted by day. `run` is timed from opening
these files to the finished table in memory, or to the CSV where PANEL names one. `compare` reads the panel
that churn-risk wrote and says for every column how many cells differ by more than 1e-9.

It knows one source, complete exports, usage that was never corrected, and landmarks that are export days:
what the benchmark's partner has. Where a group is larger than itself it is counted without the row itself.
"""

import json
import math
import os
import sys
from concurrent.futures import ThreadPoolExecutor

if len(sys.argv) > 3 and sys.argv[1] != "prepare":
    os.environ["POLARS_MAX_THREADS"] = sys.argv[3]  # read when the module is imported

import numpy
import polars as pl
from azure_usage import timed
from polars import col, lit, when

WINDOWS = [7, 14, 28, 56, 91, 182]
METER = [
    "meterCategory", "meterSubcategory", "meterUnit", "resourceLocation", "reservationOrderId",
    "reservationId", "consumptionMeterId", "serviceType", "currency"]
DAYS = [
    "creationDate", "effectiveStartDate", "commitmentEndDate", "trialToPaidConversionDate", "trialStartDate",
    "trialEndDate", "lastUsageDate", "deprovisionedDate", "lastRenewalDate"]


# ---------------------------------------------------------------------------------------------- prepare

def day(column):
    """Days since 1970 of an ISO date or time; null for the year 1."""
    date = col(column).str.head(10).str.to_date()
    return when(date.dt.year() > 1).then(date).cast(pl.Int32)


def dated(folder, name, reader):
    """All files of a name with the day of their folder."""
    frames = []
    for entry in sorted(os.listdir(folder)):
        path = f"{folder}/{entry}/{name}"
        if os.path.exists(path):
            frames.append(reader(path).with_columns(observed=lit(entry)))
    return pl.concat(frames).with_columns(observed=day("observed"))


def prepare(folder, prepared):
    os.makedirs(prepared, exist_ok=True)

    def texts(path):
        return pl.read_csv(path, infer_schema=False)

    rows = dated(folder, "subscriptions.csv", texts).with_columns(
        *[day(name) for name in DAYS], col("autoRenewEnabled") == "True", col("licenseCount").cast(pl.Int64),
        col("id").str.to_lowercase(), col("customerTenantId").str.to_lowercase(), col("status").str.to_uppercase())
    billing = texts(f"{folder}/billing.csv").select(
        id="EntitlementId", day=day("UsageDate"), meterCategory="MeterCategory", meterSubcategory="MeterSubCategory",
        meterUnit="Unit", resourceLocation="ResourceLocation", reservationOrderId="BenefitOrderId",
        reservationId="BenefitId", consumptionMeterId="MeterId", serviceType="MeterName",
        currency="BillingCurrency", quantity=lit(0.0),  # where the usage analytics measure, theirs count
        cost=col("BillingPreTaxTotal").cast(pl.Float64))
    usage = texts(f"{folder}/usage.csv").select(
        id="subscriptionId", day=day("usageDate"), *[name for name in METER if name != "currency"],
        currency=lit(""), quantity=col("quantity").cast(pl.Float64), cost=lit(None, pl.Float64))
    lines = pl.concat([usage, billing.select(usage.columns)]).with_columns(
        *[col(name).fill_null("") for name in METER], id=col("id").str.to_lowercase())
    meters = lines.select(METER).unique(maintain_order=True).with_row_index("meter")
    ids = pl.concat([rows.select("id"), lines.select("id")]).unique(maintain_order=True).with_row_index("sub")
    customers = rows.select("customerTenantId").unique(maintain_order=True).with_row_index("customer")
    rows = rows.join(ids, on="id").join(customers, on="customerTenantId").drop("id", "customerTenantId")
    rows.sort("sub", "observed").with_columns(
        *[col(name).cast(pl.Categorical) for name, type in rows.schema.items() if type == pl.String]
    ).write_parquet(f"{prepared}/rows.parquet")
    lines.join(ids, on="id").join(meters, on=METER).select("sub", "day", "meter", "quantity", "cost").sort(
        "day", "sub", "meter").write_parquet(f"{prepared}/usage.parquet")
    meters.write_parquet(f"{prepared}/meters.parquet")
    ids.write_parquet(f"{prepared}/ids.parquet")
    dated(folder, "resellers.csv", texts).with_columns(
        id=col("id").str.to_lowercase(), **{name: day(name) for name in [
            "firstSubscriptionSuspendedDate", "latestSubscriptionSuspendedDate",
            "firstSubscriptionDeprovisionedDate", "latestSubscriptionDeprovisionedDate"]}
    ).write_parquet(f"{prepared}/resellers.parquet")
    dated(folder, "referrals.csv", texts).select(
        "observed", "id", day=day("createdDate"), market="customerMarket", customer="customerName",
    ).write_parquet(f"{prepared}/referrals.parquet")
    dated(folder, "searches.csv", texts).select(
        "observed", day=day("searchDate"), market=pl.coalesce("keywordCountry", "partnerMarket"),
    ).write_parquet(f"{prepared}/searches.parquet")
    exclusions = texts(f"{folder}/exclusions.csv").with_columns(day("from"))
    excluded = pl.concat([
        exclusions.filter(col("subscriptionId").is_not_null()).join(
            ids, left_on="subscriptionId", right_on="id").select("sub", "reason", "from"),
        exclusions.filter(col("customerTenantId").is_not_null()).join(customers, on="customerTenantId").join(
            rows.select("sub", "customer").unique(), on="customer").select("sub", "reason", "from")])
    excluded.write_parquet(f"{prepared}/exclusions.parquet")
    events = []
    for entry in sorted(os.listdir(folder)):
        path = f"{folder}/{entry}/audit.jsonl"
        for record in map(json.loads, open(path)) if os.path.exists(path) else []:
            named = [item["value"] for item in record["customizedData"]]
            events.append((record["operationDate"], record["customerId"], named[0] if named else None))
    events = pl.DataFrame(events, schema=["date", "customerTenantId", "id"], orient="row").with_columns(
        day=day("date"))
    pl.concat([
        events.filter(col("id").is_not_null()).join(ids, on="id").select("sub", "day"),
        events.filter(col("id").is_null()).join(customers, on="customerTenantId").join(
            rows.select("sub", "customer").unique(), on="customer").select("sub", "day"),
    ]).write_parquet(f"{prepared}/transfers.parquet")


# ---------------------------------------------------------------------------------------------- rows

def changed(name):
    """Of each row of a subscription whether it shows another value than the last one that showed any."""
    known = col(name).forward_fill().over("sub")
    return (known != known.shift(1).over("sub")).fill_null(False) & col(name).is_not_null()


def last_day(condition):
    return when(condition).then("observed").forward_fill().over("sub")


def by_policy():
    """Of a row that shows a switch-off, whether most of its reseller's others were switched off in the same export.

    Where the reseller has fewer than ten others that renewed, all others of the source tell.
    """

    def most(keys):
        others = col("renewed").sum().over(keys).cast(pl.Int64) - 1
        return when(others >= 10).then(2 * ((col("renewed") & col("off")).sum().over(keys).cast(pl.Int64) - 1) > others)

    own = when(col("partnerId").is_not_null()).then(most(["partnerId", "observed"]))
    return col("off") & col("renewed") & pl.coalesce(own, most(["observed"]), lit(False))


def observations(prepared):
    """What each export shows of a subscription, with what the exports before it showed."""
    rows = pl.read_parquet(f"{prepared}/rows.parquet")
    rows = rows.with_columns(type=col("subscriptionType").cast(pl.String).str.to_lowercase())
    rows = rows.with_columns(
        azureOrUntyped=(col("type") == "azure").fill_null(True),
        product=col("productName").cast(pl.String).str.to_lowercase(),
        cycle=col("billingCycleName").cast(pl.String).str.to_lowercase(),
        market=col("customerMarket").cast(pl.String).str.to_lowercase(),
        active=col("status").cast(pl.String) == "ACTIVE", suspended=col("status").cast(pl.String) == "SUSPENDED",
        closed=(col("status").cast(pl.String) == "DEPROVISIONED")
        | (col("deprovisionedDate") <= col("observed")).fill_null(False))
    # A status nobody can read changes nothing.
    rows = rows.with_columns(readable=col("active") | col("suspended") | (
        col("status").cast(pl.String) == "DEPROVISIONED"))
    was_suspended = when(col("readable")).then("suspended").forward_fill().shift(1).over("sub").fill_null(False)
    starts = (col("status") != col("status").shift(1).over("sub")).fill_null(True)
    closes = (col("closed") != col("closed").shift(1).over("sub")).fill_null(True)
    rows = rows.with_columns(
        off=(changed("autoRenewEnabled") & ~col("autoRenewEnabled")).fill_null(False),
        renewed=col("autoRenewEnabled").forward_fill().shift(1).over("sub").fill_null(False)
        & col("autoRenewEnabled").is_not_null() & col("azureOrUntyped"))
    rows = rows.with_columns(policy=by_policy())
    decided = ~when("off").then("policy").forward_fill().over("sub")
    rows = rows.with_columns(
        pastSuspensions=(col("suspended") & ~was_suspended).cast(pl.Int32).cum_sum().over("sub"),
        suspendedSince=last_day(col("suspended") & starts), closedSince=last_day(col("closed") & closes),
        offSince=when(~col("autoRenewEnabled") & decided).then(last_day(col("off"))),
        productChange=last_day(changed("product")), cycleChange=last_day(changed("cycle")),
        seatChange=last_day(changed("licenseCount")),
        seatsBefore=when(changed("licenseCount")).then(
            col("licenseCount").forward_fill().shift(1).over("sub")).forward_fill().over("sub"),
        reported=when(col("lastUsageDate").is_not_null()).then(pl.min_horizontal("lastUsageDate", "observed"))
        .forward_fill().over("sub"))
    # A monthly term that renews itself has no end.
    begin = pl.coalesce("lastRenewalDate", "effectiveStartDate", "creationDate")
    monthly = col("autoRenewEnabled").fill_null(False) & (
        (col("commitmentEndDate") - begin).is_between(0, 31)).fill_null(False)
    end = when(~monthly).then("commitmentEndDate")
    month = end.cast(pl.Date)
    azure = col("azureOrUntyped")
    rows = rows.with_columns(
        end=end, start=pl.coalesce("effectiveStartDate", "creationDate"),
        endMonth=(month.dt.year().cast(pl.Int32) * 12 + month.dt.month()).fill_null(-1))
    cohorts = rows.filter(azure & col("product").is_not_null()).select("product", "endMonth").unique().with_row_index(
        "cohort")
    return rows.join(cohorts, on=["product", "endMonth"], how="left", maintain_order="left").with_columns(
        cohort=when(azure).then("cohort"))


def digest(text):
    """FNV-1a of 64 bits, in hexadecimal; a panel shows it behind `id-`."""
    value = 0xCBF29CE484222325
    for byte in text.lower().encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"id-{value:016x}"


def labelled(rows, exclusions, horizon):
    """Days on which something happened, the first after a landmark decides: sub, event, churn."""
    unconverted = col("trialStartDate").is_not_null() & (
        col("trialToPaidConversionDate").is_null() | (col("trialToPaidConversionDate") > col("event")))
    readable = rows.filter(col("readable") | col("closed"))
    before_closed = col("closed").shift(1).over("sub").fill_null(False)
    before_suspended = col("suspended").shift(1).over("sub").fill_null(False)
    suspensions = readable.filter(
        col("suspended") & ~col("closed") & ~before_closed & ~before_suspended).with_columns(event="observed")
    closings = readable.filter(col("closed") & ~before_closed).with_columns(
        event=pl.min_horizontal("deprovisionedDate", "observed"))
    churn = pl.concat([suspensions, closings]).select("sub", "event", churn=~unconverted)
    departures = exclusions.filter(
        col("reason").is_in(["transferred", "migrated", "other"]) & col("from").is_not_null()).select(
        "sub", event="from", churn=lit(False))
    # What is written down within thirty days of the end that it explains counts from there.
    out = col("suspended") | col("closed")
    spells = readable.with_columns(
        until=when(~out).then("observed").backward_fill().over("sub"),
        began=when(col("closed")).then(pl.min_horizontal("deprovisionedDate", "observed")).otherwise("observed")
    ).filter(out & ~out.shift(1).over("sub").fill_null(False)).select("sub", "began", "until").sort("began")
    departures = departures.sort("event").join_asof(
        spells, left_on="event", right_on="began", by="sub", strategy="backward", tolerance=30,
        check_sortedness=False).with_columns(
        event=when((col("event") < col("until")).fill_null(True)).then(
            pl.coalesce("began", "event")).otherwise("event")).select("sub", "event", "churn")
    # Of one day that comes first which is no churn.
    return pl.concat([churn, departures]).sort("event", "churn").unique(["sub", "event"], keep="first").sort("event")


# ---------------------------------------------------------------------------------------------- usage

def medians(lines, landmarks):
    """Of each landmark and meter the lower median of all quantities known, from eight bins to the octave."""
    bins = numpy.clip(numpy.floor(numpy.log2(lines["quantity"].to_numpy()) * 8) + 2048, 0, 4095).astype(numpy.int32)
    counts = lines.select("meter", "known").with_columns(bin=pl.Series(bins)).group_by("meter", "bin", "known").len()
    grid = counts.select("meter", "bin").unique().join(
        pl.DataFrame({"known": range(len(landmarks))}, schema={"known": pl.Int32}), how="cross")
    return (
        grid.join(counts, on=["meter", "bin", "known"], how="left").sort("meter", "bin", "known")
        .with_columns(count=col("len").fill_null(0).cum_sum().over("meter", "bin"))
        .sort("known", "meter", "bin")
        .with_columns(below=col("count").cum_sum().over("known", "meter"), all=col("count").sum().over("known", "meter"))
        .filter((col("all") > 0) & (2 * col("below") >= col("all")))
        .group_by("known", "meter", maintain_order=True).agg(col("bin").first())
        .with_columns(median=lit(2.0).pow((col("bin") - 2048 + 0.5) / 8)).select("known", "meter", "median"))


class Usage:
    """The usage of everyone, sorted by day, so that what a landmark looks at is one stretch."""

    def __init__(self, prepared, landmarks, lag):
        self.lag = lag
        everything = pl.read_parquet(f"{prepared}/usage.parquet")
        self.first = everything["day"][0]
        meters = pl.read_parquet(f"{prepared}/meters.parquet").with_columns(
            *[col(name).str.to_lowercase() for name in METER if name != "currency"])
        words = col("meterSubcategory") + " " + col("serviceType")
        self.meters = meters.select(
            "meter", "currency",
            service=pl.struct("meterCategory", "meterSubcategory", "meterUnit").rank("dense").cast(pl.UInt32),
            category=col("meterCategory").rank("dense").cast(pl.UInt32),
            keeps=col("meterCategory").str.contains("storage|backup|snapshot"),
            region=when(col("resourceLocation") != "").then(col("resourceLocation").rank("dense").cast(pl.UInt32)),
            test=words.str.contains("dev/test|devtest|dev test|dev-test"),
            reserved=(col("reservationOrderId") != "") | (col("reservationId") != ""))
        last = pl.DataFrame({"day": [day - lag for day in landmarks]}, schema={"day": pl.Int32}).with_row_index(
            "known").with_columns(col("known").cast(pl.Int32))
        used = everything.filter((col("quantity") > 0) & (col("day") <= landmarks[-1] - lag))
        used = used.join_asof(last, on="day", strategy="forward")
        # For each landmark the medians in the order of the meters.
        grid = pl.DataFrame({"known": range(len(landmarks))}, schema={"known": pl.Int32}).join(
            meters.select("meter"), how="cross")
        self.medians = [part["median"] for part in grid.join(
            medians(used, landmarks), on=["known", "meter"], how="left", maintain_order="left").partition_by("known")]
        # Numbers for who uses what, so that groups have one small key.
        traits = self.meters.sort("service", "meter")
        pairs = used.select("sub", "meter").unique().join(traits, on="meter").sort("sub", "service", "meter")
        pairs = pairs.with_columns(
            use=(pl.struct("sub", "service") != pl.struct("sub", "service").shift(1)).fill_null(False).cast(
                pl.UInt32).cum_sum()).with_row_index("pair")
        self.pairs = pairs
        self.uses = pairs.group_by("use", maintain_order=True).agg(
            col("sub").first(), col("service").first(), col("category").first(), col("keeps").first())
        self.lines = used.drop("known", "cost").join(
            pairs.select("sub", "meter", "pair", "use"), on=["sub", "meter"], maintain_order="left")
        self.totals = pl.DataFrame(schema={"use": pl.UInt32, "total": pl.Float64})
        self.added = 0
        self.days = self.lines["day"].to_numpy()
        # Each service's days of use, by day.
        self.use_days = self.lines.group_by("use", "day", maintain_order=True).agg(
            col("sub").first(), lines=pl.len(), level=col("quantity").log().sum())
        self.use_day_numbers = self.use_days["day"].to_numpy()
        self.costs = everything.filter(col("cost").is_not_null()).join(
            self.meters.select("meter", "currency"), on="meter", maintain_order="left")
        # The active days, each with the gap before it.
        active = self.lines.select("sub", "day").unique(maintain_order=True)
        self.active = active.with_columns(gap=col("day") - col("day").shift(1).over("sub"))
        self.active_days = self.active["day"].to_numpy()
        self.first_days = active.group_by("sub").agg(firstDay=col("day").min())
        self.gaps = pl.DataFrame(schema={"sub": pl.UInt32, "gap": pl.Int32, "count": pl.UInt32})
        self.spans = pl.DataFrame(schema={
            "sub": pl.UInt32, "firstDay": pl.Int32, "lastDay": pl.Int32, "activeDaysKnown": pl.UInt32,
            "activeWeeksKnown": pl.UInt32})
        self.counted = 0

    @staticmethod
    def between(frame, days, first, last):
        low, high = numpy.searchsorted(days, [first, last + 1])
        return frame[int(low):int(high)]

    def ever(self, through):
        """Of each subscription and service what was used of it through a day; growing as the rhythm does."""
        end = int(numpy.searchsorted(self.days, through + 1))
        new = self.lines[self.added:end].group_by("use").agg(total=col("quantity").sum())
        self.added = end
        self.totals = pl.concat([self.totals, new]).group_by("use").agg(col("total").sum())
        return self.totals.join(self.uses.select("use", "sub", "service"), on="use").drop("use")

    def rhythm(self, through):
        """Of each subscription what its active days through a day are like.

        Landmarks are whole weeks apart, so what is known of earlier ones grows by the days in between.
        """
        end = int(numpy.searchsorted(self.active_days, through + 1))
        new = self.active[self.counted:end]
        self.counted = end
        gaps = new.drop_nulls("gap").group_by("sub", "gap").agg(count=pl.len())
        self.gaps = pl.concat([self.gaps, gaps]).group_by("sub", "gap").agg(col("count").sum()).sort("sub", "gap")
        week = (through - col("day")) // 7
        span = new.group_by("sub").agg(
            firstDay=col("day").min(), lastDay=col("day").max(), activeDaysKnown=pl.len(),
            activeWeeksKnown=week.n_unique())
        self.spans = pl.concat([self.spans, span]).group_by("sub").agg(
            col("firstDay").min(), col("lastDay").max(), col("activeDaysKnown").sum(), col("activeWeeksKnown").sum())
        counted = self.gaps.with_columns(
            below=col("count").cum_sum().over("sub"), all=col("count").sum().over("sub"))
        middle = counted.group_by("sub").agg(
            gaps=col("all").first(), longestGapDays=col("gap").last(),
            low=col("gap").filter(col("below") > (col("all") - 1) // 2).first(),
            high=col("gap").filter(col("below") > col("all") // 2).first())
        rhythm = self.spans.join(middle, on="sub", how="left").with_columns(median=(col("low") + col("high")) / 2)
        return rhythm, self.gaps

    def windows(self, through, known):
        """Active days and normalised quantities by windows, as counts between their edges."""
        edges = [7, 14, 28, 56, 91, 112, 182]
        # By age in days, the stretch between two edges that it is in.
        stretch = pl.Series(numpy.searchsorted(edges, numpy.arange(182), side="right").astype(numpy.uint32))

        def key():
            return (col("sub") * 8 + lit(stretch).gather((through - col("day")).cast(pl.UInt32))).alias("key")

        def wide(frame, value, prefix):
            return frame.group_by("sub").agg(
                *[value.filter(col("part") == number).sum().alias(f"{prefix}{number}") for number in range(len(edges))])

        def apart(frame):
            return frame.with_columns(sub=col("key") // 8, part=col("key") % 8)

        active = self.between(self.active, self.active_days, through - 181, through).lazy().select(
            key(), weekend=(col("day") + 3) % 7 >= 5).group_by("key").agg(n=pl.len(), weekend=col("weekend").sum())
        active = apart(active)
        weekend = active.filter(col("part") < 5).group_by("sub").agg(col("weekend").sum())
        lines = self.between(self.lines, self.days, through - 181, through).lazy().select(
            key(), q=pl.min_horizontal(
                col("quantity") / lit(self.medians[known]).gather(col("meter")), 1e9).fill_null(1.0)
        ).group_by("key").agg(col("q").sum())
        return wide(active, col("n"), "d").join(wide(apart(lines), col("q"), "q"), on="sub", how="left").join(
            weekend, on="sub", how="left").collect()

    def recent(self, through):
        """What was used in 91 days: by subscription, and by subscription and service."""
        lines = self.between(self.lines, self.days, through - 90, through)
        by_pair = lines.lazy().select(
            "pair", "day", q="quantity", q28=col("quantity") * (col("day") > through - 28)).group_by("pair").agg(
            col("q").sum(), col("q28").sum(), first=col("day").min(), last=col("day").max(), n=pl.len()
        ).collect().join(self.pairs, on="pair")
        services = by_pair.group_by("use").agg(
            col("q").sum(), col("q28").sum(), col("first").min(), col("last").max()).join(self.uses, on="use")
        recent = col("q28") > 0
        by_service = services.lazy().group_by("sub").agg(
            regularServices91=(col("first") < col("last")).sum(),
            lostCategories28=col("category").n_unique().cast(pl.Int32) - col("category").filter(
                recent).n_unique().cast(pl.Int32),
            storageOnly28=when(recent.any()).then(
                (col("keeps") | ~recent).all() & ~col("keeps").all()).cast(pl.Int32))
        subs = by_pair.lazy().group_by("sub").agg(
            distinctMeters28=recent.sum(), distinctMeters91=pl.len(), devTestShare91=col("n").filter("test").sum()
            / col("n").sum(), reservedShare91=col("n").filter("reserved").sum() / col("n").sum(),
            regions91=col("region").drop_nulls().n_unique())
        # Dense, so that a line finds its service's total by position.
        totals = self.uses.lazy().select("use").join(
            services.lazy().select("use", "q"), on="use", how="left", maintain_order="left").collect()["q"]
        weeks = lines.lazy().select(
            key=col("sub") * 16 + ((through - col("day")) // 7).cast(pl.UInt32),
            share=col("quantity") / lit(totals).gather(col("use"))).group_by("key").agg(col("share").sum())
        weeks = weeks.with_columns(sub=col("key") // 16, week=col("key") % 16).group_by("sub").agg(
            *[col("share").filter(col("week") == week).sum().alias(f"w{week}") for week in range(13)])
        weeks = weeks.join(self.first_days.lazy(), on="sub").with_columns(
            full=pl.min_horizontal(13, (through - col("firstDay") + 1) // 7)).filter(col("full") >= 5)
        inside = [when(col("full") > week).then(f"w{week}") for week in range(13)]
        weeks = weeks.select("sub", "full", *inside).with_columns(
            mean=pl.sum_horizontal([f"w{week}" for week in range(13)]) / col("full"),
            usual=pl.concat_list([f"w{week}" for week in range(1, 13)]).list.median()).filter(col("mean") > 0)
        squares = pl.sum_horizontal([(col(f"w{week}") - col("mean")) ** 2 for week in range(13)])
        weeks = weeks.select(
            "sub", usageVariation91=(squares / col("full")).sqrt() / col("mean"),
            usageAgainstOwnMedian=((col("w0") + col("mean") / 10) / (col("usual") + col("mean") / 10)).log())
        return subs.join(by_service, on="sub").join(weeks, on="sub", how="left").collect(), services

    def last_use_level(self, through):
        """Of each subscription the level of its last days of use, of the service that fell most."""
        days = self.between(self.use_days, self.use_day_numbers, through - 181, through)
        last = col("level").tail(7).sum() / col("lines").tail(7).sum()
        return days.group_by("use").agg(
            col("sub").first(), days=pl.len(), fall=last - col("level").sum() / col("lines").sum()).filter(
            col("days") > 7).group_by("sub").agg(lastUseLevel182=col("fall").min())

    def cost_trend(self, through, window):
        if through - 2 * window + 1 < self.first:
            return pl.DataFrame(schema={"sub": pl.UInt32, f"costTrend{window}": pl.Float64})
        costs = self.costs.filter(col("day").is_between(through - 2 * window + 1, through))

        def most(frame):
            return frame.group_by("sub", "currency").agg(amount=col("cost").sum(), n=pl.len()).sort(
                ["sub", "n", "currency"], descending=[False, True, False]).group_by(
                "sub", maintain_order=True).first().with_columns(pl.max_horizontal("amount", 0.0))

        both = most(costs).filter(col("amount") > 0)
        recent = most(costs.filter(col("day") > through - window))
        now = pl.min_horizontal(col("amount_right").fill_null(0.0), "amount")
        floor = col("amount") / 40
        return both.join(recent, on="sub", how="left").filter(
            col("currency_right").is_null() | (col("currency") == col("currency_right"))).select(
            "sub", ((now + floor) / (col("amount") - now + floor)).log().alias(f"costTrend{window}"))


# ---------------------------------------------------------------------------------------------- landmarks

class Surroundings:
    """Resellers, referrals, searches and transfers."""

    def __init__(self, prepared):
        self.resellers = pl.read_parquet(f"{prepared}/resellers.parquet").sort("observed")
        self.transfers = pl.read_parquet(f"{prepared}/transfers.parquet")
        self.referrals = self.known(pl.read_parquet(f"{prepared}/referrals.parquet"), ["day", "id"])
        self.searches = self.known(pl.read_parquet(f"{prepared}/searches.parquet"), ["day"])

    @staticmethod
    def known(rows, identity):
        """Each fact as of the first export that shows it; before the first export of all on its own day."""
        rows = rows.drop_nulls("day").filter(col("observed") == col("observed").min().over(identity))
        return rows.with_columns(known=when(col("observed") == col("observed").min()).then("day").otherwise(
            pl.max_horizontal("day", "observed")), market=col("market").str.to_lowercase())

    def counts(self, facts, landmark, days, key, name):
        known = facts.filter((col("known") <= landmark) & (landmark - col("day") < days))
        return known.drop_nulls(key).group_by(col(key).str.to_lowercase()).agg(pl.len().alias(name))


def others(group):
    """The count of a group without the row itself, which is present in it."""
    return col(group) - 1


def lost_share(prefix, days):
    """Drawn towards the share of all as by twenty subscriptions."""
    all_lost, all_present = col(f"all_lost{days}"), col("all_present") - 1
    lost, present = col(f"{prefix}_lost{days}"), col(f"{prefix}_present") - 1
    usual = all_lost / (all_present + all_lost)
    return when((all_present + all_lost >= 10) & present.is_not_null()).then(
        ((lost + 20 * usual) / (present + lost + 20) * 50 + 0.5).floor() / 50)


def surprise(users, others):
    """How surprising it is not to use a service, in whole 1/1,048,576."""
    return (-(1 - (users / others).clip(upper_bound=0.98)).log() * 2**20 + 0.5).floor() / 2**20


def group_counts(standing, key, prefix):
    sums = [
        pl.len().alias("x"), col("present").sum().alias(f"{prefix}_present"),
        col("lost28").sum().alias(f"{prefix}_lost28"), col("lost91").sum().alias(f"{prefix}_lost91"),
        when("present").then("activeDays28").sum().alias(f"{prefix}_days"),
        (col("present") & col("autoRenewEnabled").is_not_null()).sum().alias(f"{prefix}_renewKnown"),
        (col("present") & col("autoRenewEnabled").fill_null(False)).sum().alias(f"{prefix}_renewOn")]
    counted = standing.filter("azureOrUntyped")
    return (counted.select(sums) if key is None else counted.drop_nulls(key).group_by(key).agg(sums)).with_columns(
        pl.exclude(key or "").cast(pl.Float64)).drop("x")


def at_landmark(landmark, index, rows, rhythm, ever, usage, surroundings, exclusions, events, horizon, lag):
    """All rows of one landmark."""
    through = landmark - lag
    (rhythm, gaps), (recent, services) = rhythm, usage.recent(through)
    newest = landmark
    known = rows.join(rhythm, on="sub", how="left").join(usage.windows(through, index), on="sub", how="left").join(
        recent, on="sub", how="left")
    closed = col("closed") | (col("deprovisionedDate") <= landmark).fill_null(False)
    known = known.with_columns(
        closed=closed, absent=col("observed") < newest,
        azure=(col("type") == "azure").fill_null(col("lastDay").is_not_null()),
        activeDays28=pl.sum_horizontal("d0", "d1", "d2").fill_null(0),
        lastUsage=pl.max_horizontal("lastDay", col("reported").clip(upper_bound=through)))
    known = known.with_columns(
        there=col("active") & ~col("closed") & ~col("absent"),
        gone=when(col("closed")).then(pl.min_horizontal("deprovisionedDate", "closedSince")).when(
            col("suspended")).then("suspendedSince"))
    age = landmark - col("gone")
    known = known.with_columns(
        present=col("there"), lost28=(age < 28).fill_null(False), lost91=(age < 91).fill_null(False))

    # Subscriptions alike.
    whole = group_counts(known, None, "all")
    cohort, reseller = group_counts(known, "cohort", "cohort"), group_counts(known, "partnerId", "reseller")
    market = group_counts(known, "market", "market")
    fine = services.join(
        known.filter(col("there") & col("azureOrUntyped")).drop_nulls("cohort").select("sub", "cohort"), on="sub"
    ).with_columns(log=when(col("q28") > 0).then((pl.min_horizontal(
        col("q28").log() / math.log(2), 1100.0) * 1024 + 0.5).floor()))
    common = fine.group_by("cohort", "service").agg(
        users91=pl.len(), users28=col("log").count(), logs=col("log").sum()).join(
        cohort.select("cohort", "cohort_present"), on="cohort").with_columns(
        enough=0.4 * (col("cohort_present") - 1)).with_columns(
        common28=(col("users28") > 0) & (col("users28") >= col("enough")), common91=col("users91") >= col("enough"))
    common_counts = common.group_by("cohort").agg(
        col("common28").sum(), col("common91").sum(),
        surprise=surprise(col("users91"), col("cohort_present") - 1).sum())
    own = fine.join(common.drop("enough"), on=["cohort", "service"])
    users = col("users28").cast(pl.Float64) - 1
    level = col("log") / 1024 - (col("logs") - col("log")) / 1024 / users
    own = own.group_by("sub").agg(
        own28=(col("common28") & (col("q28") > 0)).sum(), own91=col("common91").sum(),
        ownSurprise=surprise(col("users91"), col("cohort_present") - 1).sum(),
        cohortLevel28=level.filter(users >= 10).mean() * math.log(2))
    ever = ever.join(
        known.filter(col("there") & col("azureOrUntyped")).drop_nulls("cohort").select("sub", "cohort"), on="sub"
    ).with_columns(log=(col("total").log() / math.log(2) * 1024 + 0.5).floor() / 1024)
    ever_all = ever.group_by("cohort", "service").agg(
        users=pl.len(), logs=col("log").sum(), squares=(col("log") ** 2).sum())
    others_who = col("users").cast(pl.Float64) - 1
    mean = (col("logs") - col("log")) / others_who
    spread = ((col("squares") - col("log") ** 2) / others_who - mean ** 2).clip(lower_bound=0).sqrt()
    distance = ((col("log") - mean) / spread.clip(lower_bound=0.07)).clip(-3, 3)
    own_level = ever.join(ever_all.filter(col("users") > 10), on=["cohort", "service"]).group_by("sub").agg(
        cohortLevelKnown=distance.sum() / (pl.len() + 2))
    ever_common = ever_all.join(
        cohort.select("cohort", "cohort_present"), on="cohort").filter(
        col("users") >= 0.4 * (col("cohort_present") - 1))
    own_ever = ever.join(ever_common, on=["cohort", "service"]).group_by("sub").agg(ownKnown=pl.len())
    ever_common = ever_common.group_by("cohort").agg(commonKnown=pl.len())
    usual = known.filter(col("there") & col("azureOrUntyped"))["usageAgainstOwnMedian"].drop_nulls()
    usual_week = None
    if len(usual) >= 20:
        bins = ((usual.clip(-4, 4) + 4) * 16 + 0.5).floor().sort()
        usual_week = bins[(len(bins) - 1) // 2] / 16 - 4

    # The customer.
    azure, loss = col("azure"), when(col("azure") & col("closed")).then(col("gone"))
    reservation = col("product").str.contains("reservation|reserved|savings plan").fill_null(False)
    customers = known.select(
        "customer", "there", "azure", loss=loss, used=when(azure).then("lastUsage"),
        ends=when(reservation & col("there") & (col("commitmentEndDate") >= landmark)).then("commitmentEndDate"))
    used = col("used")
    customers = customers.group_by("customer").agg(
        activeAzure=(col("there") & azure).sum(), activeOther=(col("there") & ~azure).sum(),
        loss91=(landmark - col("loss") < 91).sum(), loss365=(landmark - col("loss") < 365).sum(),
        lastLoss=col("loss").max(), used1=used.max(), users=used.count(),
        used2=used.top_k(2).min(), firstEnd=col("ends").min())

    # The rows: scored subscriptions.
    held = exclusions.filter(
        col("reason").is_in(["fraud", "internal", "test"]) | (col("from") <= landmark)).select("sub")
    begun = (col("start") <= landmark).fill_null(True)
    table = known.filter(azure & col("there") & begun).join(held, on="sub", how="anti")
    resellers = surroundings.resellers.filter(col("observed") <= landmark).group_by("id").last().drop(
        "observed", "name")
    count = surroundings.counts
    table = (
        table.with_columns(
            reseller=col("partnerId").cast(pl.String).str.to_lowercase(),
            name=col("customerName").cast(pl.String).str.to_lowercase())
        .join(whole, how="cross").join(cohort, on="cohort", how="left").join(reseller, on="partnerId", how="left")
        .join(market, on="market", how="left")
        .join(common_counts, on="cohort", how="left").join(own, on="sub", how="left")
        .join(ever_common, on="cohort", how="left").join(own_ever, on="sub", how="left")
        .join(own_level, on="sub", how="left")
        .join(customers, on="customer", how="left").join(resellers, left_on="reseller", right_on="id", how="left")
        .join(surroundings.transfers.filter(col("day") <= landmark).group_by("sub").agg(
            transferred=col("day").max()), on="sub", how="left")
        .join(usage.last_use_level(through), on="sub", how="left")
        .join(usage.cost_trend(through, 28), on="sub", how="left")
        .join(usage.cost_trend(through, 91), on="sub", how="left")
        .join(count(surroundings.referrals, landmark, 365, "customer", "customerReferrals365"),
              left_on="name", right_on="customer", how="left")
        .join(count(surroundings.referrals, landmark, 91, "market", "marketReferrals91"), on="market", how="left")
        .join(count(surroundings.searches, landmark, 91, "market", "marketSearches91"), on="market", how="left"))
    # The first thing that happens after the landmark.
    table = table.join(
        events.filter(col("event") > landmark).group_by("sub", maintain_order=True).first(), on="sub", how="left")

    present = through - col("lastUsage")
    as_long = gaps.join(table.select("sub", present=present), on="sub").filter(
        col("gap") >= col("present")).group_by("sub").agg(longer=col("count").sum())
    table = table.join(as_long, on="sub", how="left")
    return table.with_columns(usual_week=lit(usual_week, pl.Float64)).select(
        *columns(landmark, through, usage.first, horizon))


def columns(landmark, through, first, horizon):
    """The panel's columns of one landmark."""

    def reaches(days, expression):
        """Unknown where the window begins before usage is known."""
        return expression if through - days + 1 >= first else lit(None, pl.Float64)

    parts = {7: 1, 14: 2, 28: 3, 56: 4, 91: 5, 112: 6, 182: 7}

    def total(prefix, start, end):
        names = [f"{prefix}{number}" for number in range(parts[start] if start else 0, parts[end])]
        return pl.sum_horizontal(*[col(name).fill_null(0) for name in names])

    def logged(expression):
        return expression.log()

    def since(name, limit=True):
        days = landmark - col(name)
        return when(days >= 0).then(days) if limit else days

    gap = through - col("lastUsage")
    two = col("gaps") >= 2
    paid = (col("trialToPaidConversionDate") <= landmark).fill_null(False)
    running = ~paid & (col("trialStartDate") <= landmark).fill_null(False) & ~(
        col("trialEndDate") < landmark).fill_null(False)
    on = col("autoRenewEnabled").cast(pl.Int32)
    window_columns = (
        [reaches(days, total("d", 0, days)).alias(f"activeDays{days}") for days in WINDOWS]
        + [reaches(days, total("q", 0, days) / days).alias(f"usageQuantity{days}") for days in WINDOWS]
        + [reaches(2 * days, logged((total("d", 0, days) + 1) / (total("d", days, 2 * days) + 1))).alias(
            f"activeDaysTrend{days}") for days in WINDOWS[:-1]]
        + [reaches(2 * days, logged((total("q", 0, days) + days / 10) / (
            total("q", days, 2 * days) + days / 10))).alias(f"usageQuantityTrend{days}") for days in WINDOWS[:-1]])
    others_renew = (on - (col("all_renewOn") - on) / (col("all_renewKnown") - 1))
    enough = others("cohort_present") >= 10
    used_other = when((gap == through - col("used1")) & col("lastUsage").is_not_null()).then(
        when(col("users") > 1).then("used2")).otherwise("used1")
    siblings, lost91 = col("activeAzure").cast(pl.Int32) - 1, col("loss91").cast(pl.Int32)
    churned = (col("event") <= landmark + horizon).fill_null(False) & col("churn").fill_null(False)
    level = {name: col(name).cast(pl.String) for name in ["customerMarket", "productName"]}
    return [
        "sub", lit(landmark, pl.Int32).alias("landmark"),
        gap.alias("daysSinceLastUsage"), col("lastUsage").is_null().cast(pl.Int32).alias("neverUsed"),
        when(two).then("median").alias("usualGapDays"), "longestGapDays",
        when(two).then(logged((gap + 1) / (col("median") + 1))).alias("gapAgainstUsual"),
        when(two).then((col("longer").fill_null(0) + 1) / (col("gaps") + 2)).alias("gapsAsLong"),
        when(col("activeDaysKnown") > 1).then((col("lastDay") - col("firstDay")) / (
            col("activeDaysKnown").cast(pl.Int32) - 1)).alias("meanGapDays"),
        col("activeDaysKnown").fill_null(0), col("activeWeeksKnown").fill_null(0),
        ((28 + through - col("firstDay")) / (56 + through - col("firstDay"))).pow(col("activeDaysKnown")).alias(
            "expectedSilence28"),
        ((col("activeDaysKnown") + 1) / (through - col("firstDay") + 3)).alias("activeDayShare"),
        (through - col("firstDay")).alias("daysSinceFirstUsage"),
        ((through - col("firstDay") + 1) / (through - first + 1)).alias("shareSinceFirstUsage"),
        when(col("start") >= first).then(col("firstDay") - col("start")).alias("firstUseDelay"),
        *window_columns,
        reaches(28, col("distinctMeters28").fill_null(0)).alias("distinctMeters28"),
        reaches(91, col("distinctMeters91").fill_null(0)).alias("distinctMeters91"),
        when(total("d", 0, 91) > 0).then(col("weekend") / total("d", 0, 91)).alias("weekendShare91"),
        "usageVariation91", "usageAgainstOwnMedian",
        (col("usageAgainstOwnMedian") - col("usual_week")).alias("usageAgainstPartner"), "lastUseLevel182",
        col("regularServices91").fill_null(0), "lostCategories28", "storageOnly28", "devTestShare91",
        when(col("regions91") > 0).then("regions91").alias("regions91"), "costTrend28", "costTrend91",
        (landmark - col("start")).alias("tenureDays"), on.alias("autoRenew"),
        when(on == 0).then((-(landmark - col("offSince")) / 91).exp().fill_null(0.0)).when(on == 1).then(0.0).alias(
            "autoRenewSwitchedOff"),
        (col("end") - landmark).alias("daysToCommitmentEnd"), since("lastRenewalDate").alias("daysSinceRenewal"),
        "pastSuspensions", when(col("all_renewKnown") - 1 >= 10).then(others_renew).alias("autoRenewAgainstPartner"),
        since("offSince").alias("daysSinceAutoRenewOff"),
        (landmark - pl.max_horizontal("productChange", "cycleChange")).alias("daysSincePlanChange"),
        "reservedShare91", (col("firstEnd") - landmark).alias("daysToReservationEnd"),
        since("transferred").alias("daysSinceTransfer"),
        running.cast(pl.Int32).alias("inTrial"),
        when(running).then(col("trialEndDate") - landmark).alias("daysToTrialEnd"),
        paid.cast(pl.Int32).alias("trialConverted"),
        when(paid).then(col("trialToPaidConversionDate") - col("trialStartDate")).alias("daysFromTrialToPaid"),
        "licenseCount", since("seatChange").alias("daysSinceSeatChange"),
        when(col("licenseCount").is_not_null()).then(logged((col("licenseCount") + 1) / (
            col("seatsBefore") + 1)).fill_null(0.0)).alias("seatTrend"),
        siblings.alias("siblingCount"), col("activeOther").alias("otherProductCount"),
        lost91.alias("siblingsLost91"), col("loss365").alias("siblingsLost365"),
        (landmark - col("lastLoss")).alias("daysSinceSiblingLoss"),
        when(siblings + lost91 > 0).then(lost91 / (siblings + lost91)).alias("siblingsLostShare91"),
        (through - used_other).alias("daysSinceSiblingUsage"), col("customerReferrals365").fill_null(0),
        lost_share("reseller", 91).alias("resellerLost91"),
        since("latestSubscriptionSuspendedDate").alias("daysSinceResellerSuspension"),
        since("latestSubscriptionDeprovisionedDate").alias("daysSinceResellerDeprovisioning"),
        (landmark - pl.min_horizontal("firstSubscriptionSuspendedDate", "firstSubscriptionDeprovisionedDate")).alias(
            "daysSinceFirstResellerLoss"),
        lost_share("market", 91).alias("marketLost91"),
        when(col("customerMarket").is_not_null()).then(col("marketReferrals91").fill_null(0)).alias(
            "marketReferrals91"),
        when(col("customerMarket").is_not_null()).then(col("marketSearches91").fill_null(0)).alias("marketSearches91"),
        lost_share("cohort", 28).alias("cohortLost28"), lost_share("cohort", 91).alias("cohortLost91"),
        *[when(enough).then(col(f"common{days}").fill_null(0).cast(pl.Int32) - col(f"own{days}").fill_null(0).cast(
            pl.Int32)).alias(f"cohortServicesMissed{days}") for days in (28, 91, "Known")],
        when(enough).then(col("surprise").fill_null(0.0) - col("ownSurprise").fill_null(0.0)).alias("cohortSilence91"),
        when(enough).then(col("activeDays28").cast(pl.Float64) - ((col("cohort_days") - col("activeDays28")) / others(
            "cohort_present") + 0.5).floor()).alias("cohortActiveDays28"),
        "cohortLevel28", "cohortLevelKnown",
        level["customerMarket"], level["productName"], "partnerId", "partnerName", col("cycle").alias("billingCycle"),
        churned.cast(pl.Int32).alias("churn"),
    ]


def panel(prepared, horizon, first, last, every, lag):
    rows = observations(prepared)
    exclusions = pl.read_parquet(f"{prepared}/exclusions.parquet")
    exports = rows["observed"].unique().sort().to_list()
    landmarks = []
    for export in exports:
        if first <= export <= last and (not landmarks or export - landmarks[-1] >= every):
            landmarks.append(export)
    usage, surroundings = Usage(prepared, landmarks, lag), Surroundings(prepared)
    events = labelled(rows, exclusions, horizon)
    # On each landmark, which is an export, the newest row of every subscription.
    exported = {part["observed"][0]: part for part in rows.partition_by("observed")}
    known, parts = rows.clear(), []
    # Polars leaves the interpreter free: what of one landmark runs on one thread runs beside another's.
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        for export in exports:
            known = pl.concat([known, exported[export]]).unique("sub", keep="last")
            if export in landmarks:
                parts.append(pool.submit(
                    at_landmark, export, len(parts), known, usage.rhythm(export - lag),
                    usage.ever(export - lag), usage, surroundings, exclusions, events, horizon, lag))
    parts = [part.result() for part in parts]
    table = pl.concat(parts, how="vertical_relaxed")
    # Texts, once for each level.
    for name in ("partnerId", "partnerName"):
        levels = [level for level in table[name].unique().to_list() if level is not None]
        table = table.with_columns(col(name).cast(pl.String).replace_strict(
            levels, [digest(level) for level in levels], default=None, return_dtype=pl.String))
    return table


def named(table, prepared):
    """With ids and dates as texts, as the panel has them."""
    ids = pl.read_parquet(f"{prepared}/ids.parquet")
    return table.join(ids, on="sub", how="left", maintain_order="left").select(
        col("id").alias("subscriptionId"), col("landmark").cast(pl.Date), pl.exclude("sub", "landmark", "id"))


# ---------------------------------------------------------------------------------------------- comparison

def compare(table, path):
    """Says of every column how many cells differ; the columns that do and the largest difference."""
    ours = pl.read_csv(path, schema_overrides={"landmark": pl.Date}, infer_schema_length=None)
    keys = ["subscriptionId", "landmark"]
    differing = {}
    joined = table.join(ours, on=keys, how="full", suffix=" ours", coalesce=True)
    alone = table.join(ours, on=keys, how="anti").height + ours.join(table, on=keys, how="anti").height
    missing = sorted({*ours.columns} - {"fold"} ^ {*table.columns})
    for name in table.columns:
        if name in keys or name in missing:
            continue
        mine, theirs = joined[name], joined[f"{name} ours"]
        if mine.dtype == pl.String:
            bad = mine.ne_missing(theirs)
        else:
            mine, theirs = mine.cast(pl.Float64).fill_nan(None), theirs.cast(pl.Float64)
            far = (mine - theirs).abs() > 1e-9 * pl.select(pl.max_horizontal(mine.abs(), theirs.abs(), lit(1e-3))).to_series()
            bad = (mine.is_null() != theirs.is_null()) | far.fill_null(False)
        if bad.any():
            at = bad.arg_true()[0]
            differing[name] = {
                "cells": int(bad.sum()), "at": [str(joined[key][at]) for key in keys], "polars": joined[name][at],
                "churn-risk": joined[f"{name} ours"][at]}
    return {"rowsOfOneOnly": alone, "columns": len(table.columns) - 2, "missing": missing, "differing": differing}


def main(command, *arguments):
    if command == "prepare":
        return prepare(*arguments)
    prepared, threads, horizon, first, last, every, lag, *rest = arguments
    first, last = (int(numpy.datetime64(text, "D").astype(int)) for text in (first, last))

    def work():
        table = panel(prepared, int(horizon), first, last, int(every), int(lag))
        if command == "run" and rest:
            named(table, prepared).write_csv(rest[0])
        return table

    table, seconds, processor_seconds = timed(work)
    answer = {
        "seconds": seconds, "processorSeconds": processor_seconds, "rows": table.height, "version": pl.__version__,
        "call": f"POLARS_MAX_THREADS={threads}; see Training/peers/features_polars.py"}
    if command == "compare":
        answer |= compare(named(table, prepared), rest[0])
    print(json.dumps(answer))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
