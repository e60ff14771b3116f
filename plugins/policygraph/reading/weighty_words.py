"""Words that decide what a rule demands: a change of one of them is never a matter of spelling."""

from __future__ import annotations

from functools import lru_cache

_MODAL = """
must mustn't shall shan't should shouldn't may might can can't cannot could couldn't will won't would wouldn't
need needs needn't ought have has had required require requires requiring requirement requirements mandatory
optional obliged obligated obligation obligations duty duties allow allowed allows permit permitted permits
permission forbid forbidden forbids prohibit prohibited prohibits ban banned recommend recommended recommends
voluntary voluntarily binding
muss muß müssen musst mußt müsst musste mussten müsste müssten darf dürfen darfst dürft durfte durften dürfte
dürften soll sollen sollst sollt sollte sollten kann können kannst könnt konnte konnten könnte könnten will wollen
wird werden würde würden hat haben ist sind verpflichtet verpflichtend pflicht pflichten verboten untersagt erlaubt
gestattet zulässig unzulässig zwingend freiwillig erforderlich notwendig empfohlen verbindlich
"""

_NEGATION = """
not no nor never none nobody nothing nowhere neither without except excepting unless isn't aren't wasn't weren't
don't doesn't didn't hasn't haven't hadn't exempt exempted excluding including exclude excludes excluded include
includes included non
nicht nie niemals kein keine keinen keinem keiner keines keinerlei keinesfalls niemand nichts ohne außer ausser
ausgenommen weder noch einschließlich einschliesslich ausschließlich ausschliesslich
"""

_QUANTITY = """
all any anyone anybody anything only every everyone everybody everything each some someone somebody few fewer many
more most less least both either always sometimes often rarely usually than and or if when before after until within
by up over under above below between exactly about minimum maximum immediately promptly entire entirely whole wholly
part partly partially full fully total twice once thrice double half dozen per
alle allen aller alles allem jede jeder jedes jeden jedem jegliche jeglicher jegliches nur einige einigen manche
manchen mehrere wenige weniger viele mehr meist meisten mindestens höchstens spätestens frühestens wenigstens maximal
minimal immer manchmal oft selten beide beiden entweder und oder falls wenn sofern soweit bevor nachdem vor nach bis
binnen innerhalb über unter zwischen genau etwa unverzüglich sofort umgehend ganz teilweise vollständig gesamt je pro
einmal zweimal dreimal doppelt halb hälfte dutzend
"""

_NUMBER = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
million millions billion billions first second third fourth fifth sixth seventh eighth ninth tenth quarter quarters
null ein eine einen einem einer eines eins zwei zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn
vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig achtzig
neunzig hundert tausend million millionen milliarde milliarden erste ersten erster erstes zweite zweiten zweiter
zweites dritte dritten dritter drittes vierte vierten fünfte fünften sechste sechsten zehnte zehnten
"""

_TIME = """
second seconds minute minutes hour hours day days week weeks fortnight fortnights month months year years decade
decades hourly daily weekly biweekly fortnightly monthly bimonthly quarterly yearly annual annually biannual
biannually biennial biennially semiannual semiannually business working calendar weekday weekdays weekend weekends
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december
sekunde sekunden minute minuten stunde stunden tag tage tagen tages woche wochen monat monate monaten monats quartal
quartale quartalen jahr jahre jahren jahres jahrzehnt jahrzehnte stündlich täglich wöchentlich zweiwöchentlich
vierzehntägig monatlich zweimonatlich vierteljährlich halbjährlich jährlich zweijährlich werktag werktage werktagen
arbeitstag arbeitstage arbeitstagen kalendertag kalendertage kalendertagen montag dienstag mittwoch donnerstag freitag
samstag sonntag januar februar märz april juni juli oktober dezember
"""

_MANY_TOKENS = 50_000

WEIGHTY_WORDS = frozenset(" ".join((_MODAL, _NEGATION, _QUANTITY, _NUMBER, _TIME)).split())
"""Modal verbs, negations, quantities, numbers and spans of time, in English and German, in lower case."""


@lru_cache(maxsize=_MANY_TOKENS)
def is_weighty(token: str) -> bool:
    """Whether a token of a text (in lower case) decides by itself what is demanded: a number, a sign, a
    link's target, or one of the words above."""
    return token in WEIGHTY_WORDS or not token.replace("'", "").isalpha() or token.endswith("n't")
