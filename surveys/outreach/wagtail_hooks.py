from django.urls import URLPattern, include, path
from wagtail import hooks

from surveys.administration.menu import add_to_menu
from surveys.outreach import (
    contact_views,
    forecast_views,
    mailing_views,
    message_views,
    reminder_views,
    send_log_views,
    text_views,
    views,
)
from surveys.trail.actions import register_actions

WAVE = "<slug:wave>/"
MAILING = f"{WAVE}verzending/<int:mailing>/"
MESSAGE = f"{WAVE}mail/<int:message>/"
TEXT = f"{WAVE}tekst/<slug:purpose>/"
PLAN = f"{WAVE}herinneren/"
STEP = f"{PLAN}<int:step>/"

register_actions(
    {
        "outreach.set_contact": ("Contactpersoon vastleggen", "Contactpersoon vastgelegd"),
        "outreach.import_contacts": ("Uitnodigingslijst inlezen", "Uitnodigingslijst ingelezen"),
        "outreach.edit_text": ("Mailtekst wijzigen", "Mailtekst gewijzigd"),
        "outreach.draw_up": ("Verzending klaarzetten", "Verzending klaargezet"),
        "outreach.discard": ("Verzending weggooien", "Verzending weggegooid"),
        "outreach.start": ("Verzending starten", "Verzending gestart"),
        "outreach.stop": ("Verzending stoppen", "Verzending gestopt"),
        "outreach.resume": ("Verzending hervatten", "Verzending hervat"),
        "outreach.finish": ("Verzending afronden", "Verzending afgerond"),
        "outreach.erase": ("Adressen wissen", "Namen en adressen van contactpersonen gewist"),
        "outreach.download": ("Verzendlijst downloaden", "Verzendlijst gedownload"),
        "outreach.note_bounce": ("Teruggekomen mail noteren", "Teruggekomen mail genoteerd"),
        "outreach.note_reply": ("Reactie op mail noteren", "Reactie op mail genoteerd"),
        "outreach.settle": ("Onzekere mail afhandelen", "Onzekere mail afgehandeld"),
        "outreach.send_again": ("Mail opnieuw versturen", "Mail opnieuw verstuurd"),
        "outreach.adopt_plan": ("Standaardplan overnemen", "Standaardplan voor herinneringen overgenomen"),
        "outreach.add_step": ("Herinnering toevoegen", "Herinnering toegevoegd aan het plan"),
        "outreach.change_step": ("Herinnering wijzigen", "Herinnering in het plan gewijzigd"),
        "outreach.remove_step": ("Herinnering weghalen", "Herinnering uit het plan gehaald"),
        "outreach.skip": ("Overslaan bij herinneren", "Organisatie overgeslagen bij herinneren"),
        "outreach.stop_skipping": ("Weer herinneren", "Organisatie krijgt weer herinneringen"),
        "outreach.hand_on": ("Uitnodiging doorgeven", "Uitnodiging doorgegeven met de link in de mail"),
    }
)

add_to_menu(
    views.TITLE,
    "outreach:start",
    name="outreach",
    icon_name=views.ICON,
    order=107,
    permissions=(views.INVITE,),
)


@hooks.register("register_admin_urls")
def register_urls() -> list[object]:
    urls = [
        path("", views.StartView.as_view(), name="start"),
        path(WAVE, views.OverviewView.as_view(), name="overview"),
        path(f"{WAVE}klaarzetten/", views.DrawUpView.as_view(), name="draw_up"),
        path(f"{WAVE}overnemen/", views.AdoptView.as_view(), name="adopt"),
        path(f"{WAVE}lijst/", contact_views.UploadListView.as_view(), name="upload_list"),
        path(f"{WAVE}lijst/inlezen/", contact_views.ImportListView.as_view(), name="import_list"),
        path(f"{WAVE}contact/<slug:organisation>/", contact_views.ContactView.as_view(), name="contact"),
        path(TEXT, text_views.TextView.as_view(), name="text"),
        path(f"{TEXT}proef/", text_views.TestSendView.as_view(), name="test_send"),
        path(f"{WAVE}verzendingen/", mailing_views.MailingListView.as_view(), name="mailings"),
        path(MAILING, mailing_views.MailingView.as_view(), name="mailing"),
        path(
            f"{WAVE}verzendlijst.<slug:file_format>",
            send_log_views.WaveSendLogView.as_view(),
            name="wave_log",
        ),
        path(
            f"{MAILING}verzendlijst.<slug:file_format>",
            send_log_views.MailingSendLogView.as_view(),
            name="mailing_log",
        ),
        path(f"{MAILING}stand/", mailing_views.ProgressView.as_view(), name="progress"),
        *(
            path(f"{MAILING}{step}/", mailing_views.MailingStepView.as_view(), {"step": step}, name=step)
            for step in mailing_views.STEPS
        ),
        path(MESSAGE, message_views.MessageDetailView.as_view(), name="message"),
        path(f"{MESSAGE}teruggekomen/", message_views.BounceView.as_view(), name="bounce"),
        path(f"{MESSAGE}reactie/", message_views.ReplyView.as_view(), name="reply"),
        path(
            f"{MESSAGE}aangekomen/",
            message_views.SettleView.as_view(),
            {"step": "aangekomen"},
            name="confirm_sent",
        ),
        path(
            f"{MESSAGE}opnieuw/", message_views.SettleView.as_view(), {"step": "opnieuw"}, name="send_again"
        ),
        path(f"{WAVE}teruggekomen/", message_views.BouncesView.as_view(), name="bounces"),
    ]
    return [path("uitnodigen/", include(([*urls, *list_reminder_urls()], "outreach")))]


def list_reminder_urls() -> list[URLPattern]:
    return [
        path(PLAN, reminder_views.ReminderPlanView.as_view(), name="reminders"),
        path(f"{PLAN}standaard/", reminder_views.AdoptPlanView.as_view(), name="adopt_plan"),
        path(f"{PLAN}toevoegen/", reminder_views.AddStepView.as_view(), name="add_step"),
        path(f"{PLAN}vooruitblik/", forecast_views.ForecastView.as_view(), name="forecast"),
        path(STEP, reminder_views.ChangeStepView.as_view(), name="change_step"),
        path(f"{STEP}weghalen/", reminder_views.RemoveStepView.as_view(), name="remove_step"),
        path(f"{STEP}versturen/", reminder_views.SendNowView.as_view(), name="send_step"),
        path(
            f"{STEP}voorbeeld/<slug:organisation>/",
            forecast_views.ReminderLettersView.as_view(),
            name="reminder_letters",
        ),
        path(f"{PLAN}overslaan/<slug:organisation>/", forecast_views.SkipView.as_view(), name="skip"),
        path(
            f"{PLAN}meenemen/<slug:organisation>/",
            forecast_views.StopSkippingView.as_view(),
            name="stop_skipping",
        ),
    ]
